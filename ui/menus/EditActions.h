#pragma once

#include "timeline/document/TimelineDocument.h"
#include "ui/timeline/TimelineView.h"

#include <QObject>

#include <map>

class QAction;
class QMenu;

namespace ui {

class Playhead;
class Selection;

/// The Edit menu and the tools: every entry is one verb of timeline/edit on the selection.
/// Thread: GUI.
class EditActions : public QObject {
    Q_OBJECT

public:
    /// What is edited; all of it outlives the actions.
    struct Parts {
        timeline::TimelineDocument& document;
        Selection& selection;
        Playhead& playhead;
        TimelineView& timeline;
    };

    EditActions(const Parts& parts, QWidget* window);

    void fill(QMenu& menu);
    void fillContextMenu(QMenu& menu) const;

Q_SIGNALS:
    void errorRaised(const QString& text);

private:
    void makeEdits();
    void makeTools(QWidget* window);
    void fillTracks(QMenu& menu);
    void refresh();
    bool apply(const QString& text, timeline::Result<timeline::Timeline> edited);
    void remove();
    void rippleDelete();
    void liftMarked();
    void split();
    void splitAll();
    void selectAll();
    void dissolve();
    void nudge(int frames);
    void addTrack(timeline::TrackKind kind);
    void removeTrack();
    void toggleEnabled();

    Parts m_parts;
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    QAction* m_delete = nullptr;
    QAction* m_rippleDelete = nullptr;
    QAction* m_liftMarked = nullptr;
    QAction* m_split = nullptr;
    QAction* m_splitAll = nullptr;
    QAction* m_dissolve = nullptr;
    QAction* m_enabled = nullptr;
    QAction* m_nudgeLeft = nullptr;
    QAction* m_nudgeRight = nullptr;
    QAction* m_selectAll = nullptr;
    QAction* m_selectNone = nullptr;
    QAction* m_removeTrack = nullptr;
    std::map<ToolKind, QAction*> m_tools;
};

} // namespace ui
