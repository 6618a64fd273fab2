#pragma once

#include "ui/timeline/tools/Tool.h"

class QPainter;

namespace ui {

class ClipArt;
class Selection;
class ShotStates;

/// What the canvas shows at one moment.
struct CanvasLook {
    const TimelineLayout& layout;
    const Selection& selection;
    const ShotStates& states;
    ClipArt* art = nullptr;
    ToolOverlay overlay;
    std::int64_t playhead = 0;
    std::optional<timeline::TimeRange> range; ///< marked in and out
};

/// Draws rows, items, the marked range, the tool's overlay and the playhead into `area` of the canvas.
void paintCanvas(QPainter& painter, const CanvasLook& look, const QRectF& area);

} // namespace ui
