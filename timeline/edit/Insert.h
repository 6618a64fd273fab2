#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

namespace timeline {

/// Puts a clip in and moves what comes after it on this track to the right. A clip at `start` is cut in two, and its
/// right part gets a new id. Past the end of the track a gap fills the way. Other tracks stay as they are.
///
///     insert(X 4 long, at 3)
///     before  |A         |B    |        after  |A  |X   |A       |B    |
///
/// Errors as overwrite().
Result<Timeline> insert(const Timeline& timeline, TrackId track, Clip clip, RationalTime start);

} // namespace timeline
