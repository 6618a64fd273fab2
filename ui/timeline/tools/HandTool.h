#pragma once

#include "ui/timeline/tools/Tool.h"

namespace ui {

/// Drags the timeline itself; Alt and a click zoom in, Alt and Shift out.
/// Thread: GUI.
class HandTool : public Tool {
public:
    using Tool::Tool;

    void press(const ToolEvent& event) override;
    void drag(const ToolEvent& event) override;
    void release(const ToolEvent&) override { m_from.reset(); }
    void cancel() override { m_from.reset(); }
    Qt::CursorShape cursor(const TimelineHit&) const override {
        return m_from ? Qt::ClosedHandCursor : Qt::OpenHandCursor;
    }

private:
    std::optional<QPointF> m_from;
    TimelineScale m_scale;
};

} // namespace ui
