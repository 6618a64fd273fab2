#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

#include <vector>

namespace timeline {

/// Takes items out and closes the hole: what comes after on the same track moves to the left. Taking a transition out
/// leaves a plain cut.
///
///     rippleDelete({B})
///     before  |A   |B     |C    |        after  |A   |C    |
///
/// NotFound, TrackLocked.
Result<Timeline> rippleDelete(const Timeline& timeline, const std::vector<ItemId>& items);

/// Moves a clip's end to `end` as trimTail() does, and what comes after along with it.
///
///     rippleTrimTail(A, 3)
///     before  |A     |B      |        after  |A  |B      |
///
/// NotFound, TrackLocked, InvalidArgument (no clip), InvalidTime (the track would be too long).
Result<Timeline> rippleTrimTail(const Timeline& timeline, ItemId clip, RationalTime end);

} // namespace timeline
