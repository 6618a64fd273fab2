#include "app/generation/GenerationController.h"

#include "app/generation/ShotTake.h"
#include "app/generation/ShotTask.h"
#include "app/media/FrameSets.h"
#include "timeline/edit/Takes.h"
#include "timeline/io/MediaUrl.h"
#include "timeline/model/Query.h"
#include "ui/text/AmountText.h"
#include "ui/text/ErrorText.h"

#include <QRandomGenerator>

#include <utility>

namespace app {

namespace {

constexpr auto kPlanDelay = std::chrono::milliseconds(400); ///< as long as nothing changes
const QString kPlanPrefix = QStringLiteral("plan ");
constexpr auto kStaleDelay = std::chrono::milliseconds(150); ///< a drag changes the timeline many times a second

/// As the button is called that generates it.
QString titleFor(const timeline::Timeline& film, const timeline::ShotContext& context) {
    const QString name = QString::fromStdString(context.name);
    switch (timeline::shotVerb(context)) {
    case timeline::ShotVerb::Generate:
        return GenerationController::tr("Generate %1").arg(name);
    case timeline::ShotVerb::Animate:
        return GenerationController::tr("Animate %1").arg(name);
    case timeline::ShotVerb::Restyle:
        return GenerationController::tr("Restyle %1").arg(name);
    case timeline::ShotVerb::Inpaint:
        return GenerationController::tr("Inpaint %1").arg(name);
    case timeline::ShotVerb::Extend:
        return GenerationController::tr("Extend to %1").arg(name);
    case timeline::ShotVerb::Fill: {
        const timeline::Clip* clip = timeline::findClip(film, context.shot);
        const bool isThere = clip && !timeline::takeKeys(*clip).empty();
        return (isThere ? GenerationController::tr("Retake %1") : GenerationController::tr("Fill %1")).arg(name);
    }
    }
    return name;
}

/// A shot whose chosen take remembers what it was made from.
struct TakenShot {
    timeline::ItemId shot;
    std::string remembered;
    ModelInfo model;
};

struct Staleness {
    timeline::ItemId shot;
    bool isStale;
};

std::vector<Staleness> stalenessOf(const timeline::Timeline& film, const std::vector<TakenShot>& shots,
                                   const std::stop_token& stop) {
    std::vector<Staleness> found;
    for (const TakenShot& taken : shots) {
        if (stop.stop_requested()) {
            break;
        }
        const auto key = contextKey(film, taken.shot, taken.model);
        found.push_back({taken.shot, key && *key != taken.remembered});
    }
    return found;
}

ui::ShotState::Phase phaseFor(ui::JobPhase phase) {
    using Phase = ui::ShotState::Phase;
    switch (phase) {
    case ui::JobPhase::Queued:
    case ui::JobPhase::Paused:
        return Phase::Queued;
    case ui::JobPhase::Running:
        return Phase::Running;
    case ui::JobPhase::Failed:
        return Phase::Failed;
    case ui::JobPhase::Finished:
    case ui::JobPhase::Cancelled:
        break;
    }
    return Phase::Idle;
}

/// What a shot shows of its jobs: the one that runs, else one that waits, else how the last of them ended.
const Job* tellingJob(const std::vector<Job>& jobs, timeline::ItemId shot) {
    const Job* telling = nullptr;
    for (const Job& job : jobs) {
        if (job.shot != shot) {
            continue;
        }
        if (job.phase == ui::JobPhase::Running) {
            return &job;
        }
        if (!telling || telling->isOver()) {
            telling = &job;
        }
    }
    return telling;
}

} // namespace

GenerationController::GenerationController(Parts parts, QObject* parent) : QObject(parent), m_parts(std::move(parts)) {
    m_staleTimer.setSingleShot(true);
    m_staleTimer.setInterval(kStaleDelay);
    connect(&m_staleTimer, &QTimer::timeout, this, &GenerationController::refreshStale);
    connect(&m_parts.document, &timeline::TimelineDocument::changed, this, [this] { m_staleTimer.start(); });
    m_planTimer.setSingleShot(true);
    m_planTimer.setInterval(kPlanDelay);
    connect(&m_planTimer, &QTimer::timeout, this, &GenerationController::askPlan);
    connect(&m_parts.queue, &GenerationQueue::planned, this, &GenerationController::takePlan);
    connect(&m_parts.queue, &GenerationQueue::unplanned, this, [this](const QString& id, const JobFailure& failure) {
        if (id == kPlanPrefix + QString::number(m_planNumber)) {
            Q_EMIT planned(m_plannedShot, failure.text);
        }
    });
    connect(&m_parts.document, &timeline::TimelineDocument::wasReset, this, &GenerationController::forgetProject);
    connect(&m_parts.jobs, &JobQueue::removed, this, &GenerationController::forgetRemoved);
    connect(&m_parts.jobs, &JobQueue::inserted, this, &GenerationController::refreshState);
    connect(&m_parts.jobs, &JobQueue::changed, this, &GenerationController::refreshState);
    connect(&m_parts.queue, &GenerationQueue::previewArrived, this, &GenerationController::wantPreview);
    connect(&m_parts.queue, &GenerationQueue::finished, this, &GenerationController::takeFinished);
    connect(&m_parts.queue, &GenerationQueue::cancelled, this, &GenerationController::endPreview);
    connect(&m_parts.queue, &GenerationQueue::failed, this, [this](const QString& jobId, const JobFailure& failure) {
        endPreview(jobId);
        Q_EMIT failed(failure.text);
    });
}

void GenerationController::forgetProject() {
    m_pending.clear(); // takes of jobs that end nevertheless belong to nobody
    m_wantedPreview.reset();
    m_parts.jobs.cancelAll();
    m_parts.live.clear();
    m_parts.states.clear();
    m_staleTimer.start();
    Q_EMIT previewChanged();
}

void GenerationController::forgetRemoved() {
    std::erase_if(m_pending, [this](const auto& pending) { return m_parts.jobs.find(pending.first) == nullptr; });
}

void GenerationController::generate(timeline::ItemId shot, int takes) {
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
    const Pending pending{now, *context, *m_parts.model(context->recipe.model)};
    const QString whole = titleFor(*now, *context);
    for (int number = 0; number < takes; ++number) {
        const QString title = takes == 1 ? whole : tr("%1, %2 of %3").arg(whole).arg(number + 1).arg(takes);
        m_pending.emplace(m_parts.queue.add(taskFor(pending, title, number)), pending);
    }
}

QString GenerationController::problemOf(const timeline::ShotContext& context) const {
    const auto model = m_parts.model(context.recipe.model);
    if (!model) {
        const QString name = QString::fromStdString(context.recipe.model);
        return name.isEmpty() ? tr("There is no model that can be used. \"fantascope models\" says where models go.")
                              : tr("There is no model \"%1\". Choose another one for the shot.").arg(name);
    }
    return shotProblem(context, *model);
}

QString GenerationController::noteOf(const timeline::ShotContext& context) const {
    const auto model = m_parts.model(context.recipe.model);
    return model ? shotNote(context, *model) : QString();
}

ShotSnapshot GenerationController::snapshotFor(const Pending& pending, std::uint64_t seed) const {
    return {.timeline = pending.timeline,
            .shot = pending.context.shot,
            .model = pending.model,
            .renderer = m_parts.renderer,
            .seed = seed,
            .format = {},
            .loras = m_parts.loras(),
            .extras = {}};
}

GenerationTask GenerationController::taskFor(const Pending& pending, const QString& title, int number) const {
    const std::optional<std::uint64_t> seed = pending.context.recipe.seed;
    return shotTask(snapshotFor(pending, seed ? *seed + static_cast<std::uint64_t>(number)
                                              : QRandomGenerator::global()->bounded(1U, 1U << 31)),
                    title, m_parts.cache, m_parts.mediaFolder());
}

void GenerationController::wantPlan(const timeline::ShotContext& context) {
    PlanSubject subject{m_parts.document.timeline(), context.shot, m_parts.model(context.recipe.model)};
    if (subject == m_planSubject) {
        return; // only the playhead moved
    }
    m_planSubject = std::move(subject);
    ++m_planNumber;
    m_plannedShot = context.shot;
    Q_EMIT planned(m_plannedShot, {}); // what another one takes, or this one before the change, says nothing of it
    if (context.shot.isValid()) {
        m_planTimer.start();
    }
}

void GenerationController::askPlan() {
    const timeline::TimelinePtr now = m_parts.document.timeline();
    const auto context = timeline::shotContext(*now, m_plannedShot);
    if (!context || !problemOf(*context).isEmpty()) {
        return;
    }
    const auto request = outlinedRequest(snapshotFor({now, *context, *m_parts.model(context->recipe.model)}, 0));
    if (request) {
        m_parts.queue.askPlan(*request, kPlanPrefix + QString::number(m_planNumber));
    }
}

void GenerationController::takePlan(const generation::PlannedEvent& plan) {
    if (QString::fromStdString(plan.id) != kPlanPrefix + QString::number(m_planNumber)) {
        return;
    }
    const bool isOnCard = plan.cardBytes > 0;
    const QString memory = ui::bytesText(isOnCard ? plan.cardBytes : plan.memoryBytes);
    if (!plan.fits) {
        Q_EMIT planned(m_plannedShot, tr("Needs %1, and %2 are free. The job list offers to try it anyway.")
                                          .arg(ui::bytesText(plan.needsBytes),
                                               ui::bytesText(isOnCard ? plan.cardFree : plan.memoryFree)));
    } else {
        Q_EMIT planned(m_plannedShot,
                       plan.seconds < 0.0
                           ? tr("Takes %1 of memory.").arg(memory)
                           : tr("Takes %1 and %2 of memory.").arg(ui::durationText(plan.seconds), memory));
    }
}

void GenerationController::regenerateStale() {
    const timeline::TimelinePtr now = m_parts.document.timeline();
    for (const timeline::ItemId shot : timeline::shotsOf(*now)) {
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

void GenerationController::retry(const QString& jobId, Persistence persistence) {
    const Job* job = m_parts.jobs.find(jobId);
    if (!job || (job->phase != ui::JobPhase::Failed && job->phase != ui::JobPhase::Cancelled)) {
        return;
    }
    const auto pending = m_pending.find(jobId);
    if (pending == m_pending.end()) {
        Q_EMIT failed(tr("The job belongs to a project that is not open any more."));
        return;
    }
    const Pending copy = pending->second;
    if (const QString id = m_parts.queue.retry(jobId, persistence); !id.isEmpty()) {
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

/// The same request gives the same pixels, and a file of the same name: a second take of them is of no use. Says
/// whether there is one already. From then on that one remembers what it would be made from now: it may have been asked
/// for in other words.
bool GenerationController::chooseEqualTake(const GenerationResult& result, const Pending& pending) {
    const timeline::TimelinePtr now = m_parts.document.timeline();
    const timeline::Clip* shot = timeline::findClip(*now, result.shot);
    for (const std::string& key : shot ? timeline::takeKeys(*shot) : std::vector<std::string>()) {
        const auto record = timeline::takeRecord(shot->references.at(key));
        if (!record || record->requestKey.empty() || record->requestKey != result.record.requestKey) {
            continue;
        }
        const auto& old = std::get<timeline::ExternalReference>(shot->references.at(key)); // it has a record
        auto take = refreshedTake(old, *pending.timeline, result.shot, pending.model);
        if (take && (shot->activeKey != key || *take != old)) {
            [[maybe_unused]] const auto chosen = m_parts.document.apply(
                tr("Choose Take"), timeline::replaceTake(*now, result.shot, key, std::move(take).value()));
        }
        Q_EMIT told(tr("This take is there already: it was chosen. Another seed makes another one."));
        return true;
    }
    return false;
}

void GenerationController::addTake(const GenerationResult& result, const Pending& pending) {
    if (chooseEqualTake(result, pending)) {
        return;
    }
    const timeline::TimelinePtr now = m_parts.document.timeline();
    const std::string url = timeline::urlFor(result.path.toStdString(), {});
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

/// A preview is a whole clip: reading it takes a while, and only the newest is worth that.
void GenerationController::wantPreview(const QString& jobId, const QString& path) {
    const bool isReading = !m_previews.isIdle();
    m_wantedPreview = Preview{jobId, path};
    if (!isReading) {
        readPreview();
    }
}

void GenerationController::readPreview() {
    const Preview wanted = *std::exchange(m_wantedPreview, std::nullopt);
    m_previews.start([this, wanted](const std::stop_token&) {
        std::vector<timeline::PicturePtr> pictures;
        try {
            pictures = picturesOf(generation::readFrameFile(wanted.path.toStdString()));
        } catch (const generation::FrameFileError&) {
            pictures.clear(); // replaced or gone while we read it: the next one comes
        }
        return [this, wanted, pictures] {
            if (!pictures.empty()) {
                showPreview(wanted.jobId, pictures);
            }
            if (m_wantedPreview) {
                readPreview();
            }
        };
    });
}

void GenerationController::showPreview(const QString& jobId, const std::vector<timeline::PicturePtr>& pictures) {
    const Job* job = m_parts.jobs.find(jobId);
    if (!job || job->isOver() || !job->shot.isValid() || !m_pending.contains(jobId)) {
        return;
    }
    m_parts.live.show(job->shot, pictures);
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
    const timeline::ItemId shot = m_parts.jobs.jobs()[static_cast<std::size_t>(row)].shot;
    if (!shot.isValid()) {
        return;
    }
    const Job* job = tellingJob(m_parts.jobs.jobs(), shot);
    ui::ShotState state = m_parts.states.state(shot);
    state.phase = phaseFor(job->phase);
    state.progress = job->phase == ui::JobPhase::Running ? job->progress : -1.0;
    m_parts.states.setState(shot, state);
}

/// Planning every frame of every shot takes a while on a long timeline: not on this thread.
void GenerationController::refreshStale() {
    if (!m_stale.isIdle()) {
        m_isStaleWanted = true;
        return;
    }
    const timeline::TimelinePtr now = m_parts.document.timeline();
    std::vector<TakenShot> taken;
    for (const timeline::ItemId shot : timeline::shotsOf(*now)) {
        const timeline::Clip* clip = timeline::findClip(*now, shot);
        const std::string remembered = chosenTakeContext(*clip);
        const auto model = m_parts.model(timeline::recipeOf(*clip)->model);
        if (!remembered.empty() && model) {
            taken.push_back({shot, remembered, *model});
        } else {
            setStale(shot, false);
        }
    }
    m_stale.start([this, now, taken](const std::stop_token& stop) {
        return [this, now, found = stalenessOf(*now, taken, stop)] {
            if (now == m_parts.document.timeline()) {
                for (const Staleness& each : found) {
                    setStale(each.shot, each.isStale);
                }
            }
            if (std::exchange(m_isStaleWanted, false)) {
                refreshStale();
            }
        };
    });
}

void GenerationController::setStale(timeline::ItemId shot, bool isStale) {
    ui::ShotState state = m_parts.states.state(shot);
    state.isStale = isStale;
    m_parts.states.setState(shot, state);
}

} // namespace app
