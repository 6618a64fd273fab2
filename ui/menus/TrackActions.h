#pragma once

#include "ui/menus/DocumentActions.h"

class QAction;
class QMenu;

namespace ui {

/// The Tracks menu: adding tracks, and removing the selected clip's or those that are empty. Each track's head has a
/// menu of its own (ui/timeline/TrackHeaders.h).
/// Thread: GUI.
class TrackActions : public DocumentActions {
    Q_OBJECT

public:
    TrackActions(const EditParts& parts, QObject* parent);

    void fill(QMenu& menu);
    void refresh();

private:
    QString nameFor(timeline::TrackKind kind) const;
    void add(timeline::TrackKind kind);
    void removeSelected();
    void removeEmpty();

    QAction* m_remove;
    QAction* m_removeEmpty;
};

} // namespace ui
