#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

namespace timeline {

/// Adds a marker to the timeline, in order of start.      |    v1      v2   |   ->   |    v1  v  v2   |
/// InvalidArgument when its id is invalid or taken or its duration negative, InvalidTime when it starts below 0.
Result<Timeline> addMarker(const Timeline& timeline, Marker marker);

/// Takes a marker off the timeline. NotFound.
Result<Timeline> removeMarker(const Timeline& timeline, MarkerId marker);

} // namespace timeline
