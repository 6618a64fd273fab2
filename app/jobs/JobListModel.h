#pragma once

#include "app/jobs/JobQueue.h"

#include <QAbstractListModel>

namespace app {

/// The queue as rows for the job list; roles in ui/queue/JobRoles.h.
/// Thread: GUI.
class JobListModel : public QAbstractListModel {
    Q_OBJECT

public:
    explicit JobListModel(const JobQueue& queue, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    const JobQueue& m_queue;
};

} // namespace app
