#pragma once

#include <QAbstractItemModel>
#include <QWidget>

class QLabel;
class QListView;
class QToolButton;

namespace ui {

/// The jobs with their progress: cancel one, cancel all, retry a failed one, clear those that are over. Rows:
/// JobRoles.h. Thread: GUI.
class JobList : public QWidget {
    Q_OBJECT

public:
    explicit JobList(QAbstractItemModel& jobs, QWidget* parent = nullptr);

    QStringList selectedJobs() const;
    int activeCount() const; ///< jobs that wait or run

Q_SIGNALS:
    void cancelRequested(const QString& jobId);
    void cancelAllRequested();
    void retryRequested(const QString& jobId);
    void clearFinishedRequested();

private:
    void buildButtons();
    void refresh();
    void showRunning();

    QAbstractItemModel& m_jobs;
    QListView* m_list;
    QLabel* m_summary;
    QPersistentModelIndex m_running; ///< the one that was brought into sight last
    QToolButton* m_cancel = nullptr;
    QToolButton* m_cancelAll = nullptr;
    QToolButton* m_retry = nullptr;
    QToolButton* m_clear = nullptr;
};

} // namespace ui
