#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

namespace timeline {

/// Moves a clip's first frame to `start`. Nothing else moves: what it gives up becomes a gap, what it takes comes out
/// of the gap before it. It goes as far as the gap and the medium allow and keeps at least one frame, so that a drag
/// stops there.
///
///     trimHead(B, 7)
///     before  |A   |gap  |B        |        after  |A   |gap    |B      |
///
/// NotFound, TrackLocked, InvalidArgument (no clip).
Result<Timeline> trimHead(const Timeline& timeline, ItemId clip, RationalTime start);

/// Moves a clip's end to `end`, likewise.
///
///     trimTail(A, 3)
///     before  |A     |B      |        after  |A  |gap|B      |
Result<Timeline> trimTail(const Timeline& timeline, ItemId clip, RationalTime end);

} // namespace timeline
