#pragma once

#include "ui/timeline/tools/Tool.h"

#include "timeline/document/OpenGesture.h"

#include <vector>

namespace ui {

enum class TrimEdge : std::uint8_t { Start, End };
/// Plain leaves all else where it is; Ripple moves what comes after along with the end.
enum class TrimMode : std::uint8_t { Plain, Ripple };

/// Dragging one edge of one clip.
/// Thread: GUI.
class TrimDrag {
public:
    TrimDrag(ToolHost& host, timeline::ItemId clip, TrimEdge edge, TrimMode mode);

    void drag(const ToolEvent& event);
    void cancel();

private:
    timeline::Result<timeline::Timeline> trimmed(timeline::RationalTime time) const;

    ToolHost& m_host;
    timeline::ItemId m_clip;
    TrimEdge m_edge;
    TrimMode m_mode;
    timeline::OpenGesture m_gesture;
    std::vector<std::int64_t> m_targets;
};

} // namespace ui
