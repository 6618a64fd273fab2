#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

#include <vector>

namespace timeline {

/// Lifts a clip and lays it down at `start`, on its own or another track, over what is there. It keeps its id.
///
///     moveClip(B, V1, 9)
///     before  |A   |B  |C      |        after  |A   |gap|C |B  |
///
/// NotFound, TrackLocked (either track), WrongTrackKind, InvalidTime, InvalidArgument (no clip, or it would cut a
/// foreign item).
Result<Timeline> moveClip(const Timeline& timeline, ItemId clip, TrackId track, RationalTime start);

/// Moves several clips by the same time and the same number of tracks up (negative: down), as one block: none of them
/// covers another, and dissolves between two of them move with them. Errors as moveClip(); InvalidArgument also when a
/// clip would leave the stack of tracks.
Result<Timeline> moveClips(const Timeline& timeline, const std::vector<ItemId>& clips, RationalTime by, int tracksUp);

} // namespace timeline
