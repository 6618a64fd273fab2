#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

namespace timeline {

/// Lays a clip over whatever is there. What it covers goes; a clip that it cuts in two keeps both ends, and the right
/// end gets a new id. Past the end of the track a gap fills the way.
///
///     overwrite(X 4 long, at 3)
///     before  |A         |B       |        after  |A  |X   |A  |B       |
///
/// NotFound, TrackLocked, WrongTrackKind (the track does not take such clips), InvalidTime (start below 0 or the track
/// would be too long), InvalidArgument (the clip would cut a foreign item).
Result<Timeline> overwrite(const Timeline& timeline, TrackId track, Clip clip, RationalTime start);

} // namespace timeline
