#include "app/jobs/JobQueue.h"

#include <QUuid>

#include <algorithm>

namespace app {

using ui::JobPhase;

QString JobQueue::add(const QString& title, timeline::ItemId shot, JobPlace place) {
    if (place == JobPlace::Replace) {
        cancelWaiting();
    }
    auto at = m_jobs.end();
    if (place == JobPlace::Front) {
        at = std::ranges::find(m_jobs, JobPhase::Queued, &Job::phase);
    }
    const int row = static_cast<int>(at - m_jobs.begin());
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    Q_EMIT aboutToInsert(row);
    m_jobs.insert(at, Job{.id = id, .title = title, .shot = shot});
    Q_EMIT inserted(row);
    return id;
}

const Job* JobQueue::find(const QString& id) const {
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_jobs[static_cast<std::size_t>(row)];
}

const Job* JobQueue::running() const {
    const auto found = std::ranges::find(m_jobs, JobPhase::Running, &Job::phase);
    return found == m_jobs.end() ? nullptr : &*found;
}

int JobQueue::waitingCount() const {
    return static_cast<int>(std::ranges::count(m_jobs, JobPhase::Queued, &Job::phase));
}

std::optional<QString> JobQueue::startNext() {
    if (running()) {
        return std::nullopt;
    }
    const auto next = std::ranges::find(m_jobs, JobPhase::Queued, &Job::phase);
    if (next == m_jobs.end()) {
        return std::nullopt;
    }
    next->phase = JobPhase::Running;
    const QString id = next->id;
    Q_EMIT changed(static_cast<int>(next - m_jobs.begin()));
    return id;
}

void JobQueue::report(const QString& id, double progress, double secondsLeft, const QString& detail) {
    const int row = rowOf(id);
    if (row < 0 || m_jobs[static_cast<std::size_t>(row)].isOver()) {
        return;
    }
    Job& job = m_jobs[static_cast<std::size_t>(row)];
    job.progress = progress;
    job.secondsLeft = secondsLeft;
    job.detail = detail;
    Q_EMIT changed(row);
}

void JobQueue::setFinished(const QString& id, const QString& detail) {
    end(id, JobPhase::Finished, detail);
}

void JobQueue::setFailed(const QString& id, const QString& reason, bool canTryAnyway) {
    if (const int row = rowOf(id); row >= 0) {
        m_jobs[static_cast<std::size_t>(row)].canTryAnyway = canTryAnyway;
    }
    end(id, JobPhase::Failed, reason);
}

void JobQueue::setPaused(const QString& id, const QString& detail) {
    const int row = rowOf(id);
    if (row < 0 || m_jobs[static_cast<std::size_t>(row)].isOver()) {
        return;
    }
    Job& job = m_jobs[static_cast<std::size_t>(row)];
    job.phase = JobPhase::Paused;
    job.secondsLeft = -1.0;
    job.detail = detail;
    Q_EMIT changed(row);
}

void JobQueue::pause(const QString& id) {
    const Job* job = find(id);
    if (job && job->phase == JobPhase::Queued) {
        setPaused(id, {});
    } else if (job && job->phase == JobPhase::Running) {
        Q_EMIT pauseRequested(id);
    }
}

void JobQueue::resume(const QString& id) {
    const int row = rowOf(id);
    if (row >= 0 && m_jobs[static_cast<std::size_t>(row)].phase == JobPhase::Paused) {
        m_jobs[static_cast<std::size_t>(row)].phase = JobPhase::Queued;
        Q_EMIT changed(row);
    }
}

void JobQueue::setCancelled(const QString& id) {
    end(id, JobPhase::Cancelled, {});
}

void JobQueue::cancel(const QString& id) {
    const Job* job = find(id);
    if (!job) {
        return;
    }
    if (job->phase == JobPhase::Queued || job->phase == JobPhase::Paused) {
        setCancelled(id);
    } else if (job->phase == JobPhase::Running) {
        Q_EMIT cancelRequested(id);
    }
}

void JobQueue::cancelRunning() {
    if (const Job* job = running()) {
        Q_EMIT cancelRequested(QString(job->id));
    }
}

void JobQueue::cancelWaiting() {
    for (const QString& id : waiting()) {
        setCancelled(id);
    }
}

void JobQueue::cancelAll() {
    cancelWaiting(); // first, so that none of them starts when the running one has stopped
    cancelRunning();
}

void JobQueue::clearOver() {
    for (int row = static_cast<int>(m_jobs.size()) - 1; row >= 0; --row) {
        if (m_jobs[static_cast<std::size_t>(row)].isOver()) {
            Q_EMIT aboutToRemove(row);
            m_jobs.erase(m_jobs.begin() + row);
            Q_EMIT removed(row);
        }
    }
}

int JobQueue::rowOf(const QString& id) const {
    const auto found = std::ranges::find(m_jobs, id, &Job::id);
    return found == m_jobs.end() ? -1 : static_cast<int>(found - m_jobs.begin());
}

void JobQueue::end(const QString& id, JobPhase phase, const QString& detail) {
    const int row = rowOf(id);
    if (row < 0 || m_jobs[static_cast<std::size_t>(row)].isOver()) {
        return;
    }
    Job& job = m_jobs[static_cast<std::size_t>(row)];
    job.phase = phase;
    job.detail = detail;
    job.secondsLeft = -1.0;
    job.progress = phase == JobPhase::Finished ? 1.0 : job.progress;
    Q_EMIT changed(row);
}

std::vector<QString> JobQueue::waiting() const {
    std::vector<QString> ids;
    for (const Job& job : m_jobs) {
        if (job.phase == JobPhase::Queued || job.phase == JobPhase::Paused) {
            ids.push_back(job.id);
        }
    }
    return ids;
}

} // namespace app
