#pragma once

#include "ui/timeline/TimelineView.h"

#include <QWidget>

#include <map>

class QToolButton;

namespace ui {

/// The tools as buttons over the track heads, and the switch for snapping.
/// Thread: GUI.
class ToolButtons : public QWidget {
    Q_OBJECT

public:
    explicit ToolButtons(QWidget* parent);

    void setTool(ToolKind tool);
    void setSnapping(bool snaps);
    QWidget* lastButton() const; ///< in the order of tabs

Q_SIGNALS:
    void toolRequested(ui::ToolKind tool);
    void snappingRequested(bool snaps);

private:
    std::map<ToolKind, QToolButton*> m_tools;
    QToolButton* m_snap;
};

} // namespace ui
