#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

#include <vector>

namespace timeline {

/// Takes items out and leaves gaps: nothing else moves. Taking a transition out leaves a plain cut.
///
///     lift({B})
///     before  |A   |B     |C    |        after  |A   |gap   |C    |
///
/// NotFound, TrackLocked.
Result<Timeline> lift(const Timeline& timeline, const std::vector<ItemId>& items);

/// Empties a range of a track. NotFound, TrackLocked, InvalidTime (starts below 0), InvalidArgument (cuts a foreign
/// item).
///
///     liftRange(2..6)
///     before  |A   |B     |        after  |A |gap |B   |
Result<Timeline> liftRange(const Timeline& timeline, TrackId track, const TimeRange& range);

} // namespace timeline
