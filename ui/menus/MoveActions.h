#pragma once

#include "ui/menus/DocumentActions.h"

#include <QList>

class QAction;
class QMenu;

namespace ui {

/// Moving and trimming the selected clips without a mouse: by a frame, by a track, up to the playhead.
/// Thread: GUI.
class MoveActions : public DocumentActions {
    Q_OBJECT

public:
    MoveActions(const EditParts& parts, QObject* parent);

    void fill(QMenu& menu) const;
    void setEnabled(bool enabled);

private:
    enum class Edge : std::uint8_t { Start, End };

    void nudge(int frames);
    void moveAcross(int rowsDown);
    /// Each selected clip's edge to a time, or from where it is by some frames.
    void trimTo(Edge edge, timeline::RationalTime time);
    void trimBy(Edge edge, int frames);

    QList<QAction*> m_moves;
    QList<QAction*> m_trims;
};

} // namespace ui
