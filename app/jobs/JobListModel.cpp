#include "app/jobs/JobListModel.h"

namespace app {

JobListModel::JobListModel(const JobQueue& queue, QObject* parent) : QAbstractListModel(parent), m_queue(queue) {
    connect(&queue, &JobQueue::aboutToInsert, this, [this](int row) { beginInsertRows({}, row, row); });
    connect(&queue, &JobQueue::inserted, this, [this] { endInsertRows(); });
    connect(&queue, &JobQueue::aboutToRemove, this, [this](int row) { beginRemoveRows({}, row, row); });
    connect(&queue, &JobQueue::removed, this, [this] { endRemoveRows(); });
    connect(&queue, &JobQueue::changed, this, [this](int row) { Q_EMIT dataChanged(index(row), index(row)); });
}

int JobListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_queue.jobs().size());
}

QVariant JobListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Job& job = m_queue.jobs()[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return job.title;
    case ui::JobIdRole:
        return job.id;
    case ui::JobPhaseRole:
        return static_cast<int>(job.phase);
    case ui::JobProgressRole:
        return job.progress;
    case ui::JobDetailRole:
        return job.detail;
    case ui::JobSecondsLeftRole:
        return job.secondsLeft;
    case ui::JobTryAnywayRole:
        return job.canTryAnyway;
    default:
        return {};
    }
}

QHash<int, QByteArray> JobListModel::roleNames() const {
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert(ui::JobIdRole, "jobId");
    names.insert(ui::JobPhaseRole, "phase");
    names.insert(ui::JobProgressRole, "progress");
    names.insert(ui::JobDetailRole, "detail");
    names.insert(ui::JobSecondsLeftRole, "secondsLeft");
    names.insert(ui::JobTryAnywayRole, "canTryAnyway");
    return names;
}

} // namespace app
