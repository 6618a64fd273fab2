#pragma once

#include "ui/timeline/TimelineLayout.h"

#include <span>

namespace ui {

/// Where a drag snaps to: cuts, the playhead, markers and frame 0, sorted.
/// @param ignored  items whose own edges do not count, because they are what is being dragged
std::vector<std::int64_t> snapTargets(const TimelineLayout& layout, std::int64_t playhead,
                                      std::span<const timeline::ItemId> ignored);

struct SnapResult {
    std::int64_t shift = 0;             ///< frames to add to what is dragged
    std::optional<std::int64_t> target; ///< the frame of the line to show; nothing: did not snap

    bool operator==(const SnapResult&) const = default;
};

/// The smallest shift that brings one of `edges` onto a target, if one is within `reach` frames.
SnapResult snap(std::span<const std::int64_t> targets, std::span<const std::int64_t> edges, double reach);

} // namespace ui
