#pragma once

#include "timeline/render/FramePlan.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace timeline {

struct PlanOptions {
    std::optional<std::size_t> belowTrack; ///< only tracks with a smaller index: the base of a shot on that track
    std::vector<ItemId> liveShots;         ///< shots that show their newest preview instead of their take
    int width = 0;                         ///< of the frame in pixels; 0: the sequence's. For proxies and thumbnails
    int height = 0;

    bool operator==(const PlanOptions&) const = default;
};

/// What is drawn at a moment of the timeline: the enabled Video tracks bottom to top, one layer for each clip that has
/// a picture, two during a dissolve. Media of another frame rate is sampled by time. A shot shows its active take, or
/// its preview where it is live; a shot that has neither draws nothing, so that its base shows, or a slate where
/// nothing is below it (but not as part of another shot's base). Media that is missing becomes a slate. Gaps, prompts,
/// foreign items and other tracks draw nothing.
FramePlan planFrame(const Timeline& timeline, RationalTime time, const PlanOptions& options = {});

/// The size of frames as near to `maxWidth` x `maxHeight` as the sequence's shape allows, and not larger than the
/// sequence: PlanOptions::width and height for a monitor or a thumbnail.
PlanOptions fittedInto(const SequenceFormat& format, int maxWidth, int maxHeight);

} // namespace timeline
