#pragma once

#include "ui/timeline/TimelineView.h"

#include <QObject>

#include <map>

class QAction;
class QMenu;

namespace ui {

/// The Tool menu: which tool the mouse is on the timeline.
/// Thread: GUI.
class ToolActions : public QObject {
    Q_OBJECT

public:
    /// @param window  has the shortcuts
    ToolActions(TimelineView& timeline, QWidget& window, QObject* parent);

    void fill(QMenu& menu) const;

private:
    std::map<ToolKind, QAction*> m_tools;
};

} // namespace ui
