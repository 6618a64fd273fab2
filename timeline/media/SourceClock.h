#pragma once

#include "timeline/time/RationalTime.h"

#include <cstdint>

namespace timeline {

/// The ticks in which a source counts time: `numerator / denominator` seconds each, tick 0 at its first picture.
/// Thread: a value.
struct SourceClock {
    std::int64_t numerator = 1; ///< both > 0 and below 2^31
    std::int64_t denominator = 1;
    /// 1 where the ticks are too coarse for the frame rate, as in Matroska, so that a frame's stamp may be up to a tick
    /// later than its true time.
    std::int64_t slack = 0;

    /// The tick at which to look for what shows at a moment; saturates.
    std::int64_t tickAt(RationalTime time) const;

    bool operator==(const SourceClock&) const = default;
};

} // namespace timeline
