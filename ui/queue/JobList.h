#pragma once

#include "ui/queue/JobRoles.h"

#include <QAbstractItemModel>
#include <QWidget>

class QLabel;
class QListView;
class QToolButton;

namespace ui {

/// The jobs with their progress: pause and resume one, cancel one, cancel all, retry a failed one, try one anyway that
/// is predicted not to fit, clear those that are over. Rows: JobRoles.h. Thread: GUI.
class JobList : public QWidget {
    Q_OBJECT

public:
    explicit JobList(QAbstractItemModel& jobs, QWidget* parent = nullptr);

    QStringList selectedJobs() const;
    /// Pauses the running job, or those selected; with none that can be paused, paused ones go on.
    void pauseOrResume();
    int activeCount() const; ///< jobs that wait, run or are paused

Q_SIGNALS:
    void cancelRequested(const QString& jobId);
    void cancelAllRequested();
    void retryRequested(const QString& jobId);
    void tryAnywayRequested(const QString& jobId);
    void pauseRequested(const QString& jobId);
    void resumeRequested(const QString& jobId);
    void clearFinishedRequested();

private:
    void buildButtons();
    void refresh();
    void showRunning();
    QStringList jobsToPause() const;
    QStringList jobsIn(JobPhase phase) const;

    QAbstractItemModel& m_jobs;
    QListView* m_list;
    QLabel* m_summary;
    QPersistentModelIndex m_running; ///< the one that was brought into sight last
    QToolButton* m_pause = nullptr;
    QToolButton* m_tryAnyway = nullptr;
    QToolButton* m_cancel = nullptr;
    QToolButton* m_cancelAll = nullptr;
    QToolButton* m_retry = nullptr;
    QToolButton* m_clear = nullptr;
};

} // namespace ui
