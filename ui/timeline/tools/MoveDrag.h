#pragma once

#include "ui/timeline/tools/Tool.h"

#include "timeline/document/OpenGesture.h"

#include <vector>

namespace ui {

/// Moving the selected clips along and across tracks.
///     waiting (pressed, under 4 pixels) -> moving -> done or cancelled
/// Thread: GUI.
class MoveDrag {
public:
    MoveDrag(ToolHost& host, const ToolEvent& press);

    void drag(const ToolEvent& event);
    void cancel();
    bool hasMoved() const { return m_isMoving; }

private:
    void apply(std::int64_t shift, int tracksUp);
    int tracksUp(const ToolEvent& event) const;

    ToolHost& m_host;
    ToolEvent m_press;
    timeline::OpenGesture m_gesture;
    std::vector<timeline::ItemId> m_clips;
    std::vector<std::int64_t> m_edges;
    std::vector<std::int64_t> m_targets;
    std::int64_t m_firstFrame = 0;
    bool m_isMoving = false;
};

} // namespace ui
