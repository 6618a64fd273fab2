#pragma once

#include "timeline/model/Track.h"

#include <QAbstractItemModel>
#include <QWidget>

class QAction;
class QListView;
class QSortFilterProxyModel;

namespace ui {

/// The project's media: a list to search in, to drag onto the timeline and to drop files onto. Rows: BinRoles.h.
/// Thread: GUI.
class MediaBin : public QWidget {
    Q_OBJECT

public:
    explicit MediaBin(QAbstractItemModel& media, QWidget* parent = nullptr);

    QStringList selectedPaths() const;
    /// Asks for files with a file dialog, then emits importRequested().
    void chooseFiles();

Q_SIGNALS:
    void importRequested(const QStringList& paths);
    /// Return or double click: put them onto the timeline at the playhead.
    void insertRequested(const QStringList& paths);
    /// Pictures to steer a shot with: put them onto a Style or Mask track at the playhead.
    void laneRequested(const QStringList& paths, timeline::TrackKind kind);
    void removeRequested(const QStringList& paths);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildList();
    void buildMenu();
    QAction* laneAction(const QString& text, timeline::TrackKind kind);

    QSortFilterProxyModel* m_filter;
    QListView* m_list;
};

} // namespace ui
