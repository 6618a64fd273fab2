#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

namespace timeline {

/// Cuts a clip in two at `time` (the blade). The right part gets a new id and shows what it showed before, at
/// whatever rate its medium runs; markers go with the part they lie in. In a gap, at a cut and past the end nothing
/// changes.
///
///     slice(at 4)
///     before  |A           |B    |        after  |A   |A'      |B    |
///
/// NotFound, TrackLocked, InvalidTime (below 0), InvalidArgument (a foreign item).
Result<Timeline> slice(const Timeline& timeline, TrackId track, RationalTime time);

/// slice() on every track that can be edited; foreign items and locked tracks stay whole.
Result<Timeline> sliceAll(const Timeline& timeline, RationalTime time);

} // namespace timeline
