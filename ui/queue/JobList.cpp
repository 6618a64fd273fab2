#include "ui/queue/JobList.h"

#include "ui/queue/JobDelegate.h"
#include "ui/style/Icons.h"
#include "ui/text/PlainToolTip.h"

#include <QHBoxLayout>
#include <QIdentityProxyModel>
#include <QLabel>
#include <QListView>
#include <QToolButton>

namespace ui {
namespace {

constexpr int kLeastListHeight = 40; ///< small screens at large scales

/// The jobs with words for screen readers, which the delegate draws for the eyes, and all of them in the tool tip.
class SpokenJobs : public QIdentityProxyModel {
public:
    using QIdentityProxyModel::QIdentityProxyModel;

    QVariant data(const QModelIndex& index, int role) const override {
        switch (role) {
        case Qt::AccessibleTextRole:
            return JobDelegate::spokenText(index);
        case Qt::ToolTipRole:
            return plainToolTip(JobDelegate::fullText(index));
        default:
            return QIdentityProxyModel::data(index, role);
        }
    }
};

QToolButton* makeButton(QWidget* parent, const char* name, const char* iconName, const QString& text) {
    auto* button = new QToolButton(parent);
    button->setObjectName(QLatin1String(name));
    button->setIcon(icon(iconName));
    button->setToolTip(text);
    button->setAccessibleName(text);
    return button;
}

bool isOver(JobPhase phase) {
    return phase == JobPhase::Finished || phase == JobPhase::Failed || phase == JobPhase::Cancelled;
}

JobPhase phaseOf(const QModelIndex& index) {
    return static_cast<JobPhase>(index.data(JobPhaseRole).toInt());
}

} // namespace

JobList::JobList(QAbstractItemModel& jobs, QWidget* parent)
    : QWidget(parent), m_jobs(jobs), m_list(new QListView(this)), m_summary(new QLabel(this)) {
    setObjectName(QStringLiteral("jobList"));
    setAccessibleName(tr("Jobs"));
    m_list->setObjectName(QStringLiteral("jobListView"));
    m_list->setAccessibleName(tr("Jobs"));
    auto* spoken = new SpokenJobs(this);
    spoken->setSourceModel(&jobs);
    m_list->setModel(spoken);
    m_list->setItemDelegate(new JobDelegate(m_list));
    m_list->setMinimumHeight(kLeastListHeight);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_summary->setObjectName(QStringLiteral("jobSummary"));
    m_summary->setProperty("dim", true);
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // the buttons need the room more
    buildButtons();

    connect(&jobs, &QAbstractItemModel::rowsInserted, this, &JobList::refresh);
    connect(&jobs, &QAbstractItemModel::rowsRemoved, this, &JobList::refresh);
    connect(&jobs, &QAbstractItemModel::dataChanged, this, &JobList::refresh);
    connect(&jobs, &QAbstractItemModel::modelReset, this, &JobList::refresh);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        Q_EMIT m_list->itemDelegate()->sizeHintChanged({}); // the selected rows are higher
        refresh();
    });
    refresh();
}

void JobList::buildButtons() {
    m_pause = makeButton(this, "pauseJob", "pause", tr("Pause the running job"));
    m_tryAnyway = makeButton(this, "tryAnyway", "retry", tr("Try the selected jobs anyway"));
    m_tryAnyway->setText(tr("Try Anyway"));
    m_tryAnyway->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_cancel = makeButton(this, "cancelJob", "cancel", tr("Cancel the selected jobs"));
    m_retry = makeButton(this, "retryJob", "retry", tr("Run the selected jobs again"));
    m_cancelAll = makeButton(this, "cancelAllJobs", "stop-all", tr("Cancel all jobs"));
    m_clear = makeButton(this, "clearJobs", "clear", tr("Remove the jobs that are over from the list"));
    connect(m_pause, &QToolButton::clicked, this, &JobList::pauseOrResume);
    connect(m_tryAnyway, &QToolButton::clicked, this, [this] {
        for (const QModelIndex& index : m_list->selectionModel()->selectedIndexes()) {
            if (index.data(JobTryAnywayRole).toBool()) {
                Q_EMIT tryAnywayRequested(index.data(JobIdRole).toString());
            }
        }
    });
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        for (const QString& id : selectedJobs()) {
            Q_EMIT cancelRequested(id);
        }
    });
    connect(m_retry, &QToolButton::clicked, this, [this] {
        for (const QString& id : selectedJobs()) {
            Q_EMIT retryRequested(id);
        }
    });
    connect(m_cancelAll, &QToolButton::clicked, this, &JobList::cancelAllRequested);
    connect(m_clear, &QToolButton::clicked, this, &JobList::clearFinishedRequested);

    auto* bar = new QHBoxLayout;
    bar->setSpacing(0);
    bar->addWidget(m_summary, 1);
    for (QToolButton* button : {m_tryAnyway, m_pause, m_cancel, m_retry, m_cancelAll, m_clear}) {
        bar->addWidget(button);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 8);
    layout->setSpacing(6);
    layout->addLayout(bar);
    layout->addWidget(m_list, 1);
}

QStringList JobList::selectedJobs() const {
    QStringList ids;
    for (const QModelIndex& index : m_list->selectionModel()->selectedIndexes()) {
        ids << index.data(JobIdRole).toString();
    }
    return ids;
}

QStringList JobList::jobsIn(JobPhase phase) const {
    QStringList ids;
    for (int row = 0; row < m_jobs.rowCount(); ++row) {
        const QModelIndex index = m_list->model()->index(row, 0);
        const bool isMeant = !m_list->selectionModel()->hasSelection() || m_list->selectionModel()->isSelected(index);
        if (isMeant && phaseOf(index) == phase) {
            ids << index.data(JobIdRole).toString();
        }
    }
    return ids;
}

/// The selected jobs that can be paused; where none is, and none of them waits to go on, the one that runs.
QStringList JobList::jobsToPause() const {
    QStringList ids = jobsIn(JobPhase::Running);
    if (m_list->selectionModel()->hasSelection()) {
        ids += jobsIn(JobPhase::Queued);
        if (ids.isEmpty() && jobsIn(JobPhase::Paused).isEmpty() && m_running.isValid() &&
            phaseOf(m_running) == JobPhase::Running) {
            ids << m_running.data(JobIdRole).toString();
        }
    }
    return ids;
}

void JobList::pauseOrResume() {
    if (const QStringList running = jobsToPause(); !running.isEmpty()) {
        for (const QString& id : running) {
            Q_EMIT pauseRequested(id);
        }
        return;
    }
    for (const QString& id : jobsIn(JobPhase::Paused)) {
        Q_EMIT resumeRequested(id);
    }
}

/// The job that begins comes into sight, unless somebody is looking at another one.
void JobList::showRunning() {
    for (int row = 0; row < m_jobs.rowCount(); ++row) {
        const QModelIndex index = m_list->model()->index(row, 0);
        if (phaseOf(index) == JobPhase::Running && index != m_running) {
            m_running = index;
            if (!m_list->selectionModel()->hasSelection()) {
                m_list->scrollTo(index);
            }
        }
    }
}

int JobList::activeCount() const {
    int active = 0;
    for (int row = 0; row < m_jobs.rowCount(); ++row) {
        active += isOver(phaseOf(m_jobs.index(row, 0))) ? 0 : 1;
    }
    return active;
}

void JobList::refresh() {
    const int active = activeCount();
    const int over = m_jobs.rowCount() - active;
    bool canCancel = false;
    bool canRetry = false;
    bool canTryAnyway = false;
    for (const QModelIndex& index : m_list->selectionModel()->selectedIndexes()) {
        const JobPhase phase = phaseOf(index);
        canCancel = canCancel || !isOver(phase);
        canTryAnyway = canTryAnyway || index.data(JobTryAnywayRole).toBool();
        canRetry = canRetry || phase == JobPhase::Failed || phase == JobPhase::Cancelled;
    }
    showRunning();
    const bool canPause = !jobsToPause().isEmpty();
    const bool canResume = !jobsIn(JobPhase::Paused).isEmpty();
    const QString pauseText = canResume && !canPause ? tr("Go on with the paused jobs") : tr("Pause the running job");
    m_pause->setIcon(icon(canResume && !canPause ? "play" : "pause"));
    m_pause->setToolTip(pauseText);
    m_pause->setAccessibleName(pauseText);
    m_pause->setEnabled(canPause || canResume);
    m_tryAnyway->setVisible(canTryAnyway);
    m_cancel->setEnabled(canCancel);
    m_retry->setEnabled(canRetry);
    m_cancelAll->setEnabled(active > 0);
    m_clear->setEnabled(over > 0);
    m_summary->setText(active > 0 ? tr("To do: %1").arg(active) : tr("No jobs to do"));
}

} // namespace ui
