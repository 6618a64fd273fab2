#pragma once

#include "ui/menus/DocumentActions.h"

class QAction;
class QMenu;

namespace ui {

class MoveActions;
class ToolActions;
class TrackActions;

/// The Edit menu: what takes away, cuts and selects, and the menus for moving, tracks and tools.
/// Thread: GUI.
class EditActions : public DocumentActions {
    Q_OBJECT

public:
    EditActions(const EditParts& parts, QWidget* window);

    void fill(QMenu& menu);
    void fillContextMenu(QMenu& menu) const;

private:
    void makeEdits();
    void refresh();
    void remove();
    void rippleDelete();
    void liftMarked();
    void split();
    void splitAll();
    void selectAll();
    void dissolve();
    void toggleEnabled();

    MoveActions* m_moves;
    TrackActions* m_tracks;
    ToolActions* m_tools;
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    QAction* m_delete = nullptr;
    QAction* m_rippleDelete = nullptr;
    QAction* m_liftMarked = nullptr;
    QAction* m_split = nullptr;
    QAction* m_splitAll = nullptr;
    QAction* m_dissolve = nullptr;
    QAction* m_enabled = nullptr;
    QAction* m_selectAll = nullptr;
    QAction* m_selectNone = nullptr;
};

} // namespace ui
