#pragma once

#include "ui/timeline/TimelineLayout.h"

class QPainter;

namespace ui {

/// Distances between the ruler's ticks, in frames, so that labels of `labelWidth` pixels do not touch.
struct RulerSteps {
    std::int64_t major = 1; ///< with a timecode
    std::int64_t minor = 1;

    bool operator==(const RulerSteps&) const = default;
};

RulerSteps rulerSteps(double pixelsPerFrame, timeline::FrameRate rate, double labelWidth);

/// Ticks and timecodes along the top of the timeline.
void paintRuler(QPainter& painter, const TimelineLayout& layout, const QRectF& area);

} // namespace ui
