#pragma once

#include "app/generation/GenerationTask.h"
#include "app/generation/WorkerProcess.h"
#include "app/jobs/Background.h"
#include "app/jobs/JobQueue.h"
#include "app/media/MediaCache.h"

#include <QObject>
#include <QStringList>

#include <cstdint>
#include <map>
#include <memory>
#include <set>

namespace app {

/// Does the jobs of a JobQueue, one after another: prepare, look into the cache, worker, deliver. A worker that dies
/// costs the job it had; the next job starts another. A paused job keeps its steps, also when its worker goes, and a
/// failed one for another try.
/// Invariant: every job that was started ends in exactly one of finished(), failed() and cancelled(). Thread: GUI; the
/// functions of the tasks run on a thread of its own.
class GenerationQueue : public QObject {
    Q_OBJECT

public:
    /// Whether a job is tried although it is predicted not to fit into the memory.
    enum class Persistence : std::uint8_t { AsPlanned, TryAnyway };

    /// The queue outlives this object.
    GenerationQueue(JobQueue& jobs, WorkerSetup worker, MediaCache cache, QObject* parent = nullptr);
    ~GenerationQueue() override;
    GenerationQueue(const GenerationQueue&) = delete;
    GenerationQueue& operator=(const GenerationQueue&) = delete;

    /// @return the id of the job
    QString add(GenerationTask task, JobPlace place = JobPlace::Back);
    /// Adds a job that is over once more. @return the new job's id; empty when there is no such job
    QString retry(const QString& jobId, Persistence persistence = Persistence::AsPlanned);
    /// Asks what a request would take; answered by planned() or unplanned().
    void askPlan(generation::GenerateRequest request, const QString& id);
    /// Whose process the tests and the about box ask for; 0 while none runs.
    qint64 workerProcessId() const { return m_worker.processId(); }

Q_SIGNALS:
    void started(const QString& jobId);
    /// A frame file of the whole shot as it looks now; it is replaced by the next one.
    void previewArrived(const QString& jobId, const QString& path);
    void planned(const generation::PlannedEvent& plan);
    /// Something about a running job that its owner may want to know, in the user's language.
    void noticed(const QString& jobId, const QString& text);
    void unplanned(const QString& id, const app::JobFailure& failure);
    void finished(const app::GenerationResult& result);
    void failed(const QString& jobId, const app::JobFailure& failure);
    void cancelled(const QString& jobId);

private:
    enum class Stage : std::uint8_t { Idle, Preparing, Working, Delivering };

    struct Delivery {
        CachedFrames frames;
        bool fromCache = false;
    };

    /// A paused job, and the worker that has it (see m_worker's count).
    struct Held {
        std::shared_ptr<const PreparedRequest> prepared;
        int worker = 0;
    };

    void startNext();
    void prepare();
    void goOn();
    void prepared(const QString& id, timeline::Result<PreparedRequest> result);
    void sendJob();
    bool takeAnswer(const generation::Event& event);
    void takeEvent(const generation::Event& event);
    void takeNotice(const generation::NoticeEvent& event);
    void takePaused(const generation::PausedEvent& event);
    void takeFinished(const generation::FinishedEvent& event);
    void workerEnded(const WorkerEnd& end);
    void deliver(const Delivery& delivery);
    void cancel(const QString& id);
    void pause(const QString& id);
    void hold(int worker, const QString& detail);
    void forgetHeld(const QString& id);
    template <class Condition>
    void forgetLeftovers(const Condition& isOver);
    void cancelledOutside(int row);
    void endFailed(const JobFailure& failure);
    void endCancelled();
    void endFinished(const QString& path, const Delivery& delivery);
    enum class Work : std::uint8_t { Discarded, Kept };
    QString leaveStage(Work work = Work::Discarded);
    void report(const generation::ProgressEvent& event);

    JobQueue& m_jobs;
    MediaCache m_cache;
    WorkerProcess m_worker;
    std::map<QString, GenerationTask> m_tasks;
    QStringList m_notices; ///< of the job that runs
    QString m_current;     ///< id of the job that runs; empty in Stage::Idle
    Stage m_stage = Stage::Idle;
    bool m_isAccepted = false; ///< by the worker: what it could not read was not this job
    bool m_isCancelled = false;
    bool m_isPausing = false;
    int m_workerNumber = 1; ///< how many workers there were, with the one that runs or is next
    std::map<QString, Held> m_held;
    std::set<QString> m_leftovers; ///< failed jobs, whose steps stay for another try
    std::set<QString> m_questions; ///< of askPlan(), as long as they have no answer
    std::shared_ptr<const PreparedRequest> m_prepared;
    std::stop_source m_stop; ///< of the piece of background work
    Background m_background; ///< last: its thread ends before the rest goes
};

} // namespace app
