#pragma once

#include "ui/timeline/tools/Tool.h"

namespace ui {

/// Cuts the clip under the pointer in two, at a frame boundary; with Shift, all tracks.
/// Thread: GUI.
class BladeTool : public Tool {
public:
    using Tool::Tool;

    void press(const ToolEvent& event) override;
    void drag(const ToolEvent& event) override { hover(event); }
    void release(const ToolEvent&) override {}
    void hover(const ToolEvent& event) override;
    void cancel() override { m_host.setOverlay({}); }
    Qt::CursorShape cursor(const TimelineHit&) const override { return Qt::CrossCursor; }

private:
    std::int64_t frameOf(const ToolEvent& event) const;
};

} // namespace ui
