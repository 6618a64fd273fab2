#include "app/generation/GenerationController.h"

#include "app/generation/ShotTake.h"
#include "app/media/FrameSets.h"
#include "app/media/TakeImporter.h"
#include "timeline/edit/Takes.h"
#include "timeline/io/MediaUrl.h"
#include "timeline/model/Query.h"
#include "ui/text/ErrorText.h"

#include <QRandomGenerator>

namespace app {

namespace {

constexpr auto kStaleDelay = std::chrono::milliseconds(150); ///< a drag changes the timeline many times a second

QString titleFor(const timeline::ShotContext& context) {
    const QString name = QString::fromStdString(context.name);
    switch (timeline::shotVerb(context)) {
    case timeline::ShotVerb::Generate:
        return GenerationController::tr("Generate %1").arg(name);
    case timeline::ShotVerb::Animate:
        return GenerationController::tr("Animate %1").arg(name);
    case timeline::ShotVerb::Restyle:
        return GenerationController::tr("Restyle %1").arg(name);
    }
    return name;
}

std::vector<timeline::ItemId> shotsIn(const timeline::Timeline& timeline) {
    std::vector<timeline::ItemId> shots;
    for (const timeline::Track& track : timeline.tracks) {
        for (const timeline::ItemPtr& item : track.items) {
            const timeline::Clip* clip = timeline::asClip(item);
            if (clip && timeline::isShot(*clip)) {
                shots.push_back(clip->id);
            }
        }
    }
    return shots;
}

} // namespace

GenerationController::GenerationController(Parts parts, QObject* parent) : QObject(parent), m_parts(std::move(parts)) {
    m_staleTimer.setSingleShot(true);
    m_staleTimer.setInterval(kStaleDelay);
    connect(&m_staleTimer, &QTimer::timeout, this, &GenerationController::refreshStale);
    connect(&m_parts.document, &timeline::TimelineDocument::changed, this, [this] { m_staleTimer.start(); });
    connect(&m_parts.document, &timeline::TimelineDocument::wasReset, this, [this] {
        m_parts.jobs.cancelAll();
        m_parts.live.clear();
        m_parts.states.clear();
        m_staleTimer.start();
        Q_EMIT previewChanged();
    });
    connect(&m_parts.jobs, &JobQueue::inserted, this, &GenerationController::refreshState);
    connect(&m_parts.jobs, &JobQueue::changed, this, &GenerationController::refreshState);
    connect(&m_parts.queue, &GenerationQueue::previewArrived, this, &GenerationController::showPreview);
    connect(&m_parts.queue, &GenerationQueue::finished, this, &GenerationController::takeFinished);
    connect(&m_parts.queue, &GenerationQueue::cancelled, this, &GenerationController::endPreview);
    connect(&m_parts.queue, &GenerationQueue::failed, this, [this](const QString& jobId, const JobFailure& failure) {
        endPreview(jobId);
        Q_EMIT failed(failure.text);
    });
}

void GenerationController::generate(timeline::ItemId shot, JobPlace place) {
    const timeline::TimelinePtr now = m_parts.document.timeline();
    const auto context = timeline::shotContext(*now, shot);
    if (!context) {
        Q_EMIT failed(ui::errorText(context.error()));
        return;
    }
    if (const QString problem = problemOf(*context); !problem.isEmpty()) {
        Q_EMIT failed(problem);
        return;
    }
    Pending pending{now, *context, *m_parts.model(context->recipe.model)};
    const QString id = m_parts.queue.add(taskFor(pending, titleFor(*context)), place);
    m_pending.emplace(id, std::move(pending));
}

QString GenerationController::problemOf(const timeline::ShotContext& context) const {
    const auto model = m_parts.model(context.recipe.model);
    if (!model) {
        return tr("There is no model \"%1\". Choose another one for the shot.")
            .arg(QString::fromStdString(context.recipe.model));
    }
    return shotProblem(context, *model);
}

GenerationTask GenerationController::taskFor(const Pending& pending, const QString& title) const {
    const ShotSnapshot snapshot{.timeline = pending.timeline,
                                .shot = pending.context.shot,
                                .model = pending.model,
                                .renderer = m_parts.renderer,
                                .seed = QRandomGenerator::global()->bounded(1U, 1U << 31),
                                .format = {}};
    GenerationTask task;
    task.title = title;
    task.shot = pending.context.shot;
    task.prepare = [snapshot, cache = m_parts.cache](std::stop_token stop) {
        return prepareShot(snapshot, cache, std::move(stop));
    };
    task.deliver = [folder = m_parts.mediaFolder()](const GeneratedFrames& made,
                                                    std::stop_token stop) -> timeline::Result<QString> {
        auto file = writeTake(made.frames, folder, made.prepared.record, std::move(stop));
        return file ? timeline::Result<QString>(QString::fromStdString(file->string())) : file.error();
    };
    return task;
}

void GenerationController::regenerateStale() {
    for (const timeline::ItemId shot : shotsIn(*m_parts.document.timeline())) {
        if (m_parts.states.state(shot).isStale) {
            generate(shot);
        }
    }
}

void GenerationController::cancel(timeline::ItemId shot) {
    std::vector<QString> ids;
    for (const Job& job : m_parts.jobs.jobs()) {
        if (job.shot == shot && !job.isOver()) {
            ids.push_back(job.id);
        }
    }
    for (const QString& id : ids) {
        m_parts.jobs.cancel(id);
    }
}

void GenerationController::retry(const QString& jobId) {
    const auto pending = m_pending.find(jobId);
    if (pending == m_pending.end()) {
        return;
    }
    const Pending copy = pending->second;
    if (const QString id = m_parts.queue.retry(jobId); !id.isEmpty()) {
        m_pending.emplace(id, copy);
    }
}

void GenerationController::takeFinished(const GenerationResult& result) {
    endPreview(result.jobId);
    const auto found = m_pending.find(result.jobId);
    if (found == m_pending.end()) {
        return;
    }
    const Pending pending = found->second;
    m_pending.erase(found);
    m_parts.document.whenSettled([this, result, pending] { addTake(result, pending); });
}

void GenerationController::addTake(const GenerationResult& result, const Pending& pending) {
    const timeline::TimelinePtr now = m_parts.document.timeline();
    const std::string url = timeline::urlFor(result.path.toStdString(), m_parts.projectFolder());
    auto take = takeFor(*pending.timeline, pending.context, url, result.record, pending.model);
    if (!timeline::findClip(*now, result.shot) || !take) {
        Q_EMIT takeOrphaned(result.path, tr("The shot \"%1\" is no longer there: its take went to the bin.")
                                             .arg(QString::fromStdString(pending.context.name)));
        return;
    }
    if (auto added =
            m_parts.document.apply(tr("Add Take"), timeline::addTake(*now, result.shot, std::move(take).value()));
        !added) {
        Q_EMIT takeOrphaned(
            result.path,
            tr("The take could not be added to the shot, and went to the bin: %1").arg(ui::errorText(added.error())));
    }
}

void GenerationController::showPreview(const QString& jobId, const QString& path) {
    const Job* job = m_parts.jobs.find(jobId);
    if (!job || !job->shot.isValid()) {
        return;
    }
    try {
        m_parts.live.show(job->shot, picturesOf(generation::readFrameFile(path.toStdString())));
    } catch (const generation::FrameFileError&) {
        return; // replaced or gone while we read it: the next one comes
    }
    ui::ShotState state = m_parts.states.state(job->shot);
    state.hasPreview = true;
    m_parts.states.setState(job->shot, state);
    Q_EMIT previewChanged();
}

void GenerationController::endPreview(const QString& jobId) {
    const Job* job = m_parts.jobs.find(jobId);
    if (!job || !job->shot.isValid()) {
        return;
    }
    m_parts.live.remove(job->shot);
    ui::ShotState state = m_parts.states.state(job->shot);
    state.hasPreview = false;
    m_parts.states.setState(job->shot, state);
    Q_EMIT previewChanged();
}

void GenerationController::refreshState(int row) {
    const Job& job = m_parts.jobs.jobs()[static_cast<std::size_t>(row)];
    if (!job.shot.isValid()) {
        return;
    }
    using Phase = ui::ShotState::Phase;
    ui::ShotState state = m_parts.states.state(job.shot);
    state.phase = job.phase == ui::JobPhase::Queued    ? Phase::Queued
                  : job.phase == ui::JobPhase::Running ? Phase::Running
                  : job.phase == ui::JobPhase::Failed  ? Phase::Failed
                                                       : Phase::Idle;
    state.progress = job.phase == ui::JobPhase::Running ? job.progress : -1.0;
    m_parts.states.setState(job.shot, state);
}

void GenerationController::refreshStale() {
    const timeline::TimelinePtr now = m_parts.document.timeline();
    for (const timeline::ItemId shot : shotsIn(*now)) {
        const timeline::Clip* clip = timeline::findClip(*now, shot);
        const std::string remembered = chosenTakeContext(*clip);
        const auto model = m_parts.model(timeline::recipeOf(*clip)->model);
        bool isStale = false;
        if (!remembered.empty() && model) {
            const auto current = contextKey(*now, shot, *model);
            isStale = current && *current != remembered;
        }
        ui::ShotState state = m_parts.states.state(shot);
        state.isStale = isStale;
        m_parts.states.setState(shot, state);
    }
}

} // namespace app
