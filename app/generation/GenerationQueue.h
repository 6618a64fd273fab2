#pragma once

#include "app/generation/GenerationTask.h"
#include "app/generation/WorkerProcess.h"
#include "app/jobs/Background.h"
#include "app/jobs/JobQueue.h"
#include "app/media/MediaCache.h"

#include <QObject>

#include <cstdint>
#include <map>
#include <memory>

namespace app {

/// Does the jobs of a JobQueue, one after another: prepare, look into the cache, worker, deliver. A worker that dies
/// costs the job it had; the next job starts another. Invariant: every job that was started ends in exactly one of
/// finished(), failed() and cancelled(). Thread: GUI; the functions of the tasks run on a thread of its own.
class GenerationQueue : public QObject {
    Q_OBJECT

public:
    /// The queue outlives this object.
    GenerationQueue(JobQueue& jobs, WorkerSetup worker, MediaCache cache, QObject* parent = nullptr);

    /// @return the id of the job
    QString add(GenerationTask task, JobPlace place = JobPlace::Back);
    /// Adds a job that is over once more. @return the new job's id; empty when there is no such job
    QString retry(const QString& jobId);
    /// Whose process the tests and the about box ask for; 0 while none runs.
    qint64 workerProcessId() const { return m_worker.processId(); }

Q_SIGNALS:
    void started(const QString& jobId);
    /// A frame file of the whole shot as it looks now; it is replaced by the next one.
    void previewArrived(const QString& jobId, const QString& path);
    void finished(const app::GenerationResult& result);
    void failed(const QString& jobId, const app::JobFailure& failure);
    void cancelled(const QString& jobId);

private:
    enum class Stage : std::uint8_t { Idle, Preparing, Working, Delivering };

    struct Delivery {
        CachedFrames frames;
        bool fromCache = false;
    };

    void startNext();
    void prepared(const QString& id, timeline::Result<PreparedRequest> result);
    void takeEvent(const generation::Event& event);
    void takeFinished(const generation::FinishedEvent& event);
    void workerEnded(const WorkerEnd& end);
    void deliver(const Delivery& delivery);
    void cancel(const QString& id);
    void endFailed(const JobFailure& failure);
    void endCancelled();
    void endFinished(const QString& path, const Delivery& delivery);
    QString leaveStage();
    void report(const generation::ProgressEvent& event);

    JobQueue& m_jobs;
    MediaCache m_cache;
    WorkerProcess m_worker;
    std::map<QString, GenerationTask> m_tasks;
    QString m_current; ///< id of the job that runs; empty in Stage::Idle
    Stage m_stage = Stage::Idle;
    bool m_isCancelled = false;
    std::shared_ptr<const PreparedRequest> m_prepared;
    std::stop_source m_stop; ///< of the piece of background work
    Background m_background; ///< last: its thread ends before the rest goes
};

} // namespace app
