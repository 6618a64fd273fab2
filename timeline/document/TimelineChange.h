#pragma once

#include "timeline/model/Timeline.h"

#include <optional>
#include <vector>

namespace timeline {

/// What differs between two values of a document, so that a view redraws no more than that.
/// Thread: a value.
struct TimelineChange {
    std::vector<TrackId> tracks;    ///< in both, and different in any way
    std::vector<ItemId> items;      ///< new, gone or different; not those that only moved
    std::optional<TimeRange> range; ///< of frames that may look or sound different; nothing: none
    bool trackList = false;         ///< tracks came, went or changed places
    bool format = false;
    bool markers = false; ///< of the timeline
    bool name = false;

    bool isEmpty() const { return *this == TimelineChange(); }
    bool operator==(const TimelineChange&) const = default;
};

TimelineChange changeBetween(const Timeline& before, const Timeline& after);

} // namespace timeline
