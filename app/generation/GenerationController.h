#pragma once

#include "app/generation/GenerationQueue.h"
#include "app/generation/ShotRequest.h"
#include "app/jobs/Background.h"
#include "timeline/document/TimelineDocument.h"
#include "timeline/render/LiveFrames.h"
#include "ui/state/ShotStates.h"

#include <QObject>
#include <QTimer>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace app {

/// From the button to the take: takes a snapshot of what the shot sees, queues it, shows the previews inside the cut,
/// and adds the finished take in one undo step. A shot that was deleted meanwhile gives its take to the bin. Also keeps
/// the states of the shots: waiting, running, failed, stale. Thread: GUI; previews are read, and stale shots found, on
/// threads of its own.
class GenerationController : public QObject {
    Q_OBJECT

public:
    /// What it works with; all of it outlives the controller.
    struct Parts {
        timeline::TimelineDocument& document;
        JobQueue& jobs;
        GenerationQueue& queue;
        MediaCache cache;
        timeline::LiveFrames& live;
        ui::ShotStates& states;
        timeline::RendererSetup renderer;                                       ///< for bases and styles
        std::function<std::optional<ModelInfo>(const std::string& name)> model; ///< empty name: the preferred one
        std::function<LoraFiles()> loras;
        std::function<std::filesystem::path()> mediaFolder; ///< where takes go
    };

    explicit GenerationController(Parts parts, QObject* parent = nullptr);

    /// @param takes  how many, each a job; with a seed of the recipe's own the next ones count up from it
    void generate(timeline::ItemId shot, int takes = 1);
    void regenerateStale();
    void cancel(timeline::ItemId shot);
    using Persistence = GenerationQueue::Persistence;
    void retry(const QString& jobId, Persistence persistence = Persistence::AsPlanned);

    /// Asks what the shot would take, a moment later; planned() takes the old answer back at once and gives the new
    /// one.
    void wantPlan(const timeline::ShotContext& context);

    /// Why the shot cannot be generated as it is, in the user's language; empty when it can.
    QString problemOf(const timeline::ShotContext& context) const;
    /// What is to be known of how it will be made; empty: nothing.
    QString noteOf(const timeline::ShotContext& context) const;

Q_SIGNALS:
    void previewChanged();
    void failed(const QString& text);
    void told(const QString& text); ///< in passing
    /// What the shot that was asked for last would take, in the user's language.
    void planned(timeline::ItemId shot, const QString& text);
    /// A take without a shot: its file is for the bin.
    void takeOrphaned(const QString& path, const QString& text);

private:
    struct Preview {
        QString jobId;
        QString path;
    };

    /// What must be known when the take arrives.
    struct Pending {
        timeline::TimelinePtr timeline; ///< as it was
        timeline::ShotContext context;
        ModelInfo model;
    };

    /// What a plan was asked for: while it is the same, so is the answer.
    struct PlanSubject {
        timeline::TimelinePtr timeline;
        timeline::ItemId shot;
        std::optional<ModelInfo> model;

        bool operator==(const PlanSubject&) const = default;
    };

    GenerationTask taskFor(const Pending& pending, const QString& title, int number) const;
    ShotSnapshot snapshotFor(const Pending& pending, std::uint64_t seed) const;
    void askPlan();
    void takePlan(const generation::PlannedEvent& plan);
    bool chooseEqualTake(const GenerationResult& result, const Pending& pending);
    void takeFinished(const GenerationResult& result);
    void addTake(const GenerationResult& result, const Pending& pending);
    void forgetProject();
    void forgetRemoved();
    void wantPreview(const QString& jobId, const QString& path);
    void readPreview();
    void showPreview(const QString& jobId, const std::vector<timeline::PicturePtr>& pictures);
    void endPreview(const QString& jobId);
    void refreshState(int row);
    void refreshStale();
    void setStale(timeline::ItemId shot, bool isStale);

    Parts m_parts;
    std::map<QString, Pending> m_pending;   ///< by job of the project that is open
    std::optional<Preview> m_wantedPreview; ///< the newest that was not read yet
    bool m_isStaleWanted = false;           ///< the timeline changed while the shots were looked at
    QTimer m_staleTimer;
    QTimer m_planTimer;
    timeline::ItemId m_plannedShot;
    PlanSubject m_planSubject;
    int m_planNumber = 0;  ///< of the last question: older answers do not count
    Background m_previews; ///< reads frames
    Background m_stale;    ///< plans what shots see
};

} // namespace app
