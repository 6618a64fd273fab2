#pragma once

#include "ui/timeline/tools/TrimDrag.h"

namespace ui {

/// Takes the nearer edge of whatever clip is pressed, and ripples: what comes after moves along. Shift trims plainly.
/// Thread: GUI.
class TrimTool : public Tool {
public:
    using Tool::Tool;

    void press(const ToolEvent& event) override;
    void drag(const ToolEvent& event) override;
    void release(const ToolEvent& event) override;
    void cancel() override;
    Qt::CursorShape cursor(const TimelineHit& hit) const override;

private:
    std::optional<TrimDrag> m_drag;
};

} // namespace ui
