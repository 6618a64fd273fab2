#include "app/generation/GenerationQueue.h"

#include "app/generation/JobNotice.h"
#include "generation/protocol/Protocol.h"

#include <optional>
#include <utility>

namespace app {

using timeline::Error;
using timeline::ErrorCode;
using timeline::Result;

namespace {

/// What share of a job is over when a stage begins. Denoising is by far the longest on every machine measured.
double fractionOf(const generation::ProgressEvent& event) {
    const double done = event.steps > 0 ? static_cast<double>(event.step) / event.steps : 0.0;
    switch (event.stage) {
    case generation::Stage::Load:
        return 0.02;
    case generation::Stage::EncodeText:
        return 0.05;
    case generation::Stage::EncodeVideo:
        return 0.07;
    case generation::Stage::Denoise:
        return 0.10 + 0.75 * done;
    case generation::Stage::Decode:
        return 0.86;
    case generation::Stage::Save:
        return 0.95;
    }
    return -1.0;
}

/// Reads the frames and hands them on. Frames that cannot be read are taken out of the cache, so that trying again
/// helps.
Result<QString> readAndDeliver(const GenerationTask& task, const PreparedRequest& prepared, const CachedFrames& cached,
                               const std::stop_token& stop) {
    generation::FrameSet frames;
    try {
        frames = generation::readFrameFile(cached.framesPath.toStdString());
    } catch (const std::exception& error) {
        return Error{ErrorCode::Damaged, cached.framesPath.toStdString(), error.what()};
    }
    return task.deliver({prepared, cached.facts, frames}, stop);
}

/// Why the worker would not read a request: found here, it concerns nobody else. Nothing: it would.
std::optional<JobFailure> problemOf(const generation::Request& request) {
    try {
        [[maybe_unused]] const generation::Request read = generation::parseRequest(generation::toJsonLine(request));
        return std::nullopt;
    } catch (const generation::ProtocolError& error) {
        return failureFrom(generation::FailedEvent{{}, "bad-request", error.what()});
    }
}

/// The recipe as it was really used, so that the take can be made again.
timeline::TakeRecord completeRecord(timeline::TakeRecord record, const generation::FinishedEvent& facts) {
    record.recipe.seed = facts.seed;
    record.recipe.steps = facts.steps;
    record.recipe.guidance = facts.guidance;
    record.recipe.shift = facts.shift;
    record.recipe.sampler = facts.sampler;
    return record;
}

} // namespace

GenerationQueue::GenerationQueue(JobQueue& jobs, WorkerSetup worker, MediaCache cache, QObject* parent)
    : QObject(parent), m_jobs(jobs), m_cache(std::move(cache)), m_worker(std::move(worker)) {
    connect(&m_worker, &WorkerProcess::eventReceived, this, &GenerationQueue::takeEvent);
    connect(&m_worker, &WorkerProcess::ended, this, &GenerationQueue::workerEnded);
    connect(&m_jobs, &JobQueue::cancelRequested, this, &GenerationQueue::cancel);
    connect(&m_jobs, &JobQueue::pauseRequested, this, &GenerationQueue::pause);
    connect(&m_jobs, &JobQueue::changed, this, &GenerationQueue::cancelledOutside);
    // A job that is resumed waits again.
    connect(&m_jobs, &JobQueue::changed, this, &GenerationQueue::startNext, Qt::QueuedConnection);
    connect(&m_jobs, &JobQueue::removed, this, [this] {
        std::erase_if(m_tasks, [this](const auto& task) { return m_jobs.find(task.first) == nullptr; });
        forgetLeftovers([this](const QString& id) { return m_jobs.find(id) == nullptr; });
    });
}

GenerationQueue::~GenerationQueue() {
    forgetLeftovers([](const QString&) { return true; });
}

template <class Condition>
void GenerationQueue::forgetLeftovers(const Condition& isOver) {
    std::erase_if(m_leftovers, [&](const QString& id) {
        if (!isOver(id)) {
            return false;
        }
        m_cache.discardWork(id);
        return true;
    });
}

QString GenerationQueue::add(GenerationTask task, JobPlace place) {
    const QString id = m_jobs.add(task.title, task.shot, place);
    m_tasks.emplace(id, std::move(task));
    // Later, so that the caller knows the id before anything happens to the job.
    QMetaObject::invokeMethod(this, &GenerationQueue::startNext, Qt::QueuedConnection);
    return id;
}

/// A job that waited or was held and was cancelled never starts again: it is announced here.
void GenerationQueue::cancelledOutside(int row) {
    const Job& job = m_jobs.jobs()[static_cast<std::size_t>(row)];
    if (job.phase == ui::JobPhase::Cancelled && job.id != m_current && m_tasks.contains(job.id)) {
        const QString id = job.id;
        forgetHeld(id);
        Q_EMIT cancelled(id);
    }
}

void GenerationQueue::forgetHeld(const QString& id) {
    const auto held = m_held.find(id);
    if (held == m_held.end()) {
        return;
    }
    if (m_worker.isRunning() && held->second.worker == m_workerNumber) {
        m_worker.send(generation::CancelRequest{id.toStdString()});
    }
    m_held.erase(held);
    m_cache.discardWork(id);
}

QString GenerationQueue::retry(const QString& jobId, Persistence persistence) {
    const Job* job = m_jobs.find(jobId);
    const auto found = m_tasks.find(jobId);
    if (!job || !job->isOver() || found == m_tasks.end()) {
        return {};
    }
    GenerationTask task = found->second;
    if (persistence == Persistence::TryAnyway) {
        task.prepare = [prepare = task.prepare](std::stop_token stop) {
            auto result = prepare(std::move(stop));
            if (result) {
                result->request.tryAnyway = true;
            }
            return result;
        };
    }
    const QString again = add(std::move(task));
    if (m_leftovers.erase(jobId) > 0) {
        m_cache.takeOverWork(jobId, again);
    }
    return again;
}

void GenerationQueue::startNext() {
    if (m_stage != Stage::Idle) {
        return;
    }
    const auto id = m_jobs.startNext();
    if (!id) {
        return;
    }
    m_current = *id;
    m_notices.clear();
    m_isCancelled = false;
    m_isPausing = false;
    m_held.contains(m_current) ? goOn() : prepare();
}

/// With a paused job: the worker that has it still has its latents in mind; any other finds them beside the output.
void GenerationQueue::goOn() {
    const Held held = m_held.at(m_current);
    m_held.erase(m_current);
    m_prepared = held.prepared;
    m_stage = Stage::Working;
    m_jobs.report(m_current, -1.0, -1.0, tr("Going on"));
    Q_EMIT started(m_current);
    if (m_worker.isRunning() && held.worker == m_workerNumber) {
        m_isAccepted = true;
        m_worker.send(generation::ResumeRequest{m_current.toStdString()});
    } else {
        sendJob();
    }
}

void GenerationQueue::sendJob() {
    m_isAccepted = false;
    m_worker.send(m_prepared->request);
}

void GenerationQueue::prepare() {
    m_stage = Stage::Preparing;
    m_jobs.report(m_current, -1.0, -1.0, tr("Preparing the inputs"));
    Q_EMIT started(m_current);
    m_stop = m_background.start([this, id = m_current, make = m_tasks.at(m_current).prepare](std::stop_token stop) {
        auto result = std::make_shared<Result<PreparedRequest>>(make(std::move(stop)));
        return [this, id, result] { prepared(id, std::move(*result)); };
    });
}

void GenerationQueue::prepared(const QString& id, Result<PreparedRequest> result) {
    if (m_isCancelled) {
        endCancelled();
        return;
    }
    if (!result) {
        endFailed(failureFrom(result.error(), JobFault::Input));
        return;
    }
    PreparedRequest request = std::move(result).value();
    request.request.id = id.toStdString();
    request.request.outputPath = m_cache.workFolder(id).toStdString();
    m_prepared = std::make_shared<const PreparedRequest>(std::move(request));
    const bool wantsStates = m_prepared->request.checkpoints == generation::Checkpoints::All;
    auto cached = m_cache.find(m_prepared->key);
    if (cached && (!wantsStates || !cached->facts.checkpointFolder.empty())) {
        deliver({*cached, true});
        return;
    }
    if (m_isPausing) {
        hold(0, {});
        return;
    }
    if (const auto problem = problemOf(m_prepared->request)) {
        endFailed(*problem);
        return;
    }
    m_stage = Stage::Working;
    m_jobs.report(id, 0.0, -1.0, tr("Waiting for the worker"));
    sendJob();
}

void GenerationQueue::askPlan(generation::GenerateRequest request, const QString& id) {
    request.id = id.toStdString();
    request.outputPath = request.id; // nothing is written
    const generation::PlanRequest question{std::move(request)};
    if (const auto problem = problemOf(question)) {
        Q_EMIT unplanned(id, *problem);
        return;
    }
    m_questions.insert(id);
    m_worker.send(question);
}

/// Whether the event answers a question of askPlan()'s.
bool GenerationQueue::takeAnswer(const generation::Event& event) {
    if (const auto* plan = std::get_if<generation::PlannedEvent>(&event)) {
        m_questions.erase(QString::fromStdString(plan->id));
        Q_EMIT planned(*plan);
        return true;
    }
    const auto* failure = std::get_if<generation::FailedEvent>(&event);
    if (!failure || m_questions.erase(QString::fromStdString(failure->id)) == 0) {
        return false;
    }
    Q_EMIT unplanned(QString::fromStdString(failure->id), failureFrom(*failure));
    return true;
}

void GenerationQueue::takeEvent(const generation::Event& event) {
    if (takeAnswer(event)) {
        return;
    }
    if (m_stage != Stage::Working) {
        return; // the end of a job that is over for us
    }
    const std::string current = m_current.toStdString();
    if (const auto* accepted = std::get_if<generation::AcceptedEvent>(&event); accepted && accepted->id == current) {
        m_isAccepted = true;
    } else if (const auto* progress = std::get_if<generation::ProgressEvent>(&event);
               progress && progress->id == current) {
        report(*progress);
    } else if (const auto* preview = std::get_if<generation::PreviewEvent>(&event); preview && preview->id == current) {
        Q_EMIT previewArrived(m_current, QString::fromStdString(preview->path));
    } else if (const auto* finished = std::get_if<generation::FinishedEvent>(&event);
               finished && finished->id == current) {
        takeFinished(*finished);
    } else if (const auto* failure = std::get_if<generation::FailedEvent>(&event);
               failure && (failure->id == current || (failure->id.empty() && !m_isAccepted))) {
        endFailed(failureFrom(*failure));
    } else if (const auto* end = std::get_if<generation::CancelledEvent>(&event); end && end->id == current) {
        endCancelled();
    } else if (const auto* paused = std::get_if<generation::PausedEvent>(&event); paused && paused->id == current) {
        takePaused(*paused);
    } else if (const auto* notice = std::get_if<generation::NoticeEvent>(&event); notice && notice->id == current) {
        takeNotice(*notice);
    }
}

/// Shown until the next step is, and again when the job is done.
void GenerationQueue::takeNotice(const generation::NoticeEvent& event) {
    const QString text = noticeText(event);
    if (m_notices.contains(text)) {
        return;
    }
    m_notices << text;
    const Job* job = m_jobs.find(m_current);
    if (!m_isCancelled && !m_isPausing) {
        m_jobs.report(m_current, job ? job->progress : -1.0, job ? job->secondsLeft : -1.0, text);
    }
    Q_EMIT noticed(m_current, text);
}

/// A pause that landed before the cancel did is as good an end: the worker drops what it held when it reads on.
void GenerationQueue::takePaused(const generation::PausedEvent& event) {
    if (m_isCancelled) {
        endCancelled();
        return;
    }
    hold(m_workerNumber, event.steps > 0 ? tr("After step %1 of %2").arg(event.step).arg(event.steps) : QString());
}

/// Lets the job be until it is resumed, and the next one begin.
void GenerationQueue::hold(int worker, const QString& detail) {
    m_held.insert_or_assign(m_current, Held{m_prepared, worker});
    const QString id = leaveStage(Work::Kept);
    m_jobs.setPaused(id, detail);
}

void GenerationQueue::pause(const QString& id) {
    if (id != m_current || m_isCancelled || m_isPausing || m_stage == Stage::Idle || m_stage == Stage::Delivering) {
        return; // what is being delivered is done in a moment
    }
    m_isPausing = true;
    const Job* job = m_jobs.find(id);
    m_jobs.report(id, job ? job->progress : -1.0, -1.0, tr("Pausing after this step"));
    if (m_stage == Stage::Working) {
        m_worker.send(generation::PauseRequest{id.toStdString()});
    }
}

void GenerationQueue::report(const generation::ProgressEvent& event) {
    if (m_isCancelled || m_isPausing) {
        return; // "Cancelling" and "Pausing" stay
    }
    QString what;
    switch (event.stage) {
    case generation::Stage::Load:
        what = tr("Loading the model");
        break;
    case generation::Stage::EncodeText:
        what = tr("Reading the prompt");
        break;
    case generation::Stage::EncodeVideo:
        what = tr("Looking at the base and style pictures");
        break;
    case generation::Stage::Denoise:
        what = tr("Step %1 of %2").arg(event.step).arg(event.steps);
        break;
    case generation::Stage::Decode:
        what = tr("Decoding the frames");
        break;
    case generation::Stage::Save:
        what = tr("Saving the frames");
        break;
    }
    m_jobs.report(m_current, fractionOf(event), event.secondsLeft, what);
}

void GenerationQueue::takeFinished(const generation::FinishedEvent& event) {
    auto cached = m_cache.adopt(m_prepared->key, event);
    if (!cached) {
        endFailed(failureFrom(cached.error(), JobFault::Worker));
        return;
    }
    deliver({*cached, false});
}

void GenerationQueue::deliver(const Delivery& delivery) {
    m_stage = Stage::Delivering;
    m_jobs.report(m_current, 0.97, -1.0, tr("Making the take"));
    m_stop = m_background.start([this, delivery, task = m_tasks.at(m_current),
                                 prepared = m_prepared](std::stop_token stop) -> Background::Finish {
        const Result<QString> result = readAndDeliver(task, *prepared, delivery.frames, stop);
        if (!result && result.error().code == ErrorCode::Damaged) {
            m_cache.remove(prepared->key);
        }
        return [this, delivery, result] {
            if (m_isCancelled) {
                endCancelled();
            } else if (!result) {
                const bool isWorkers = result.error().code == ErrorCode::Damaged;
                endFailed(failureFrom(result.error(), isWorkers ? JobFault::Worker : JobFault::Output));
            } else {
                endFinished(*result, delivery);
            }
        };
    });
    if (m_isCancelled) {
        m_stop.request_stop();
    }
}

void GenerationQueue::workerEnded(const WorkerEnd& end) {
    ++m_workerNumber;
    for (const QString& id : std::exchange(m_questions, {})) {
        Q_EMIT unplanned(id, failureFrom(end));
    }
    if (m_stage != Stage::Working) {
        return; // it was idle: the next job starts another
    }
    if (m_isCancelled) {
        endCancelled(); // the ladder went to its end
    } else {
        endFailed(failureFrom(end));
    }
}

void GenerationQueue::cancel(const QString& id) {
    if (id != m_current || m_stage == Stage::Idle) {
        return;
    }
    m_isCancelled = true;
    const Job* job = m_jobs.find(id);
    m_jobs.report(id, job ? job->progress : -1.0, -1.0, tr("Cancelling"));
    if (m_stage == Stage::Working) {
        m_worker.cancel(id);
    } else {
        m_stop.request_stop();
    }
}

QString GenerationQueue::leaveStage(Work work) {
    m_stage = Stage::Idle;
    m_prepared.reset();
    if (work == Work::Discarded) {
        m_cache.discardWork(m_current);
    }
    QMetaObject::invokeMethod(this, &GenerationQueue::startNext, Qt::QueuedConnection);
    return std::exchange(m_current, QString());
}

void GenerationQueue::endFailed(const JobFailure& failure) {
    // The steps that were made stay: trying again goes on from there.
    const QString id = leaveStage(Work::Kept);
    m_leftovers.insert(id);
    m_jobs.setFailed(id, failure.text, failure.canTryAnyway);
    Q_EMIT failed(id, failure);
}

void GenerationQueue::endCancelled() {
    const QString id = leaveStage();
    m_jobs.setCancelled(id); // announced by cancelled(), as for jobs that waited
}

void GenerationQueue::endFinished(const QString& path, const Delivery& delivery) {
    GenerationResult result{
        .jobId = m_current,
        .shot = m_tasks.at(m_current).shot,
        .path = path,
        .record = completeRecord(m_prepared->record, delivery.frames.facts),
        .facts = delivery.frames.facts,
        .framesPath = delivery.frames.framesPath,
        .fromCache = delivery.fromCache,
    };
    const QString detail = result.fromCache ? tr("The same request was made before: taken from the cache")
                                            : m_notices.join(QStringLiteral(" "));
    const QString id = leaveStage();
    m_jobs.setFinished(id, detail);
    Q_EMIT finished(result);
}

} // namespace app
