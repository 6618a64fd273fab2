#pragma once

#include "timeline/time/RationalTime.h"

namespace timeline {

/// The half-open range [start, start + duration). OTIO's TimeRange.1.
/// Thread: a value.
struct TimeRange {
    RationalTime start;
    RationalTime duration;

    static TimeRange fromStartEnd(RationalTime start, RationalTime end) { return {start, end - start}; }

    RationalTime end() const { return start + duration; }
    bool isEmpty() const { return duration.value() <= 0; }
    bool contains(const RationalTime& time) const { return start <= time && time < end(); }
    bool overlaps(const TimeRange& other) const {
        return !isEmpty() && !other.isEmpty() && start < other.end() && other.start < end();
    }
    /// The part in both; empty (duration 0 at this range's start) when there is none.
    TimeRange intersected(const TimeRange& other) const;

    bool operator==(const TimeRange&) const = default;
};

} // namespace timeline
