#pragma once

#include "app/jobs/Job.h"

#include <QObject>

#include <cstdint>
#include <optional>
#include <vector>

namespace app {

/// Where a new job goes. Replace: the jobs that wait are cancelled; the running one goes on.
enum class JobPlace : std::uint8_t { Back, Front, Replace };

/// The jobs in the order in which they run, one at a time; those that are over stay in the list until cleared.
/// Only keeps the books: whoever does the work calls startNext() and reports how it went.
/// A paused job keeps its place, and is the next one when it is resumed.
/// Invariants: at most one job is running; a job that is over does not change again (retry() makes a new one).
/// Thread: GUI.
class JobQueue : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// @return the id of the new job
    QString add(const QString& title, timeline::ItemId shot, JobPlace place = JobPlace::Back);

    const std::vector<Job>& jobs() const { return m_jobs; }
    const Job* find(const QString& id) const; ///< null when there is none; valid until the next change
    const Job* running() const;
    int waitingCount() const;

    /// The next waiting job, running from now on; nothing while one runs or none waits.
    std::optional<QString> startNext();
    void report(const QString& id, double progress, double secondsLeft, const QString& detail);
    void setFinished(const QString& id, const QString& detail = {});
    void setFailed(const QString& id, const QString& reason, bool canTryAnyway = false);
    void setPaused(const QString& id, const QString& detail);
    void setCancelled(const QString& id);

    /// A waiting job is held at once; for the running one pauseRequested() is emitted.
    void pause(const QString& id);
    void resume(const QString& id); ///< of a paused job
    /// A waiting or paused job is cancelled at once; for the running one cancelRequested() is emitted.
    void cancel(const QString& id);
    void cancelRunning();
    void cancelWaiting();
    void cancelAll();
    void clearOver();

Q_SIGNALS:
    void aboutToInsert(int row);
    void inserted(int row);
    void aboutToRemove(int row);
    void removed(int row);
    void changed(int row);
    /// The running job is to stop; answer with setCancelled() when it has.
    void cancelRequested(const QString& id);
    /// The running job is to pause; answer with setPaused() when it has.
    void pauseRequested(const QString& id);

private:
    int rowOf(const QString& id) const; ///< -1 when there is none
    void end(const QString& id, ui::JobPhase phase, const QString& detail);
    std::vector<QString> waiting() const;

    std::vector<Job> m_jobs;
};

} // namespace app
