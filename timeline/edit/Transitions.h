#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

namespace timeline {

/// Puts a cross-dissolve at the end of `left`, over the cut to its right neighbour; one that is there is replaced.
/// Neither clip moves: what the dissolve shows beyond the cut comes out of the media's handles.
///
///     addTransition(A, in 2, out 3)
///     before  |A      |B      |        after  |A    <-2|3-> B   |
///
/// InvalidArgument when a neighbour is no clip, lacks the handle, or a dissolve at its other end is in the way (see
/// transitionRoom()). NotFound, TrackLocked.
Result<Timeline> addTransition(const Timeline& timeline, ItemId left, RationalTime inOffset, RationalTime outOffset);

/// Back to a plain cut. NotFound (also when the item is no transition), TrackLocked.
Result<Timeline> removeTransition(const Timeline& timeline, ItemId transition);

} // namespace timeline
