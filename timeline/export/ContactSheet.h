#pragma once

#include "timeline/base/Result.h"
#include "timeline/render/SequenceRenderer.h"

#include <span>
#include <vector>

namespace timeline {

struct CodedFrame;

struct ContactSheetLayout {
    int columns = 4;
    int cellWidth = 320; ///< the height follows from the sequence's shape
    int gap = 8;         ///< dark pixels around each cell
};

/// Moments of a timeline side by side, row by row.
Result<CodedFrame> contactSheet(SequenceRenderer& renderer, const Timeline& timeline,
                                std::span<const RationalTime> times, const ContactSheetLayout& layout = {});

/// `count` moments spread evenly over the timeline, each in the middle of its part.
std::vector<RationalTime> evenTimes(const Timeline& timeline, int count);

} // namespace timeline
