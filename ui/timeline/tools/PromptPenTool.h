#pragma once

#include "ui/timeline/tools/Tool.h"

namespace ui {

/// Draws a prompt clip on a Prompt track and opens it for typing. Pressed elsewhere it draws on the topmost Prompt
/// track that can be edited, or on a new one. A click draws three seconds, or as much as the gap has room for. Thread:
/// GUI.
class PromptPenTool : public Tool {
public:
    using Tool::Tool;

    void press(const ToolEvent& event) override;
    void drag(const ToolEvent& event) override;
    void release(const ToolEvent& event) override;
    void cancel() override;
    Qt::CursorShape cursor(const TimelineHit&) const override { return Qt::IBeamCursor; }

private:
    std::pair<std::int64_t, std::int64_t> drawnFrames(const ToolEvent& event) const;
    std::optional<std::size_t> promptTrack(const TimelineHit& hit) const;

    std::optional<ToolEvent> m_press;
};

} // namespace ui
