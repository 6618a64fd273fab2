#include "timeline/time/TimeRange.h"

#include <algorithm>

namespace timeline {

TimeRange TimeRange::intersected(const TimeRange& other) const {
    if (!overlaps(other)) {
        return {start, RationalTime(0, start.rate())};
    }
    return fromStartEnd(std::max(start, other.start), std::min(end(), other.end()));
}

} // namespace timeline
