#pragma once

#include "timeline/io/OtioFields.h"
#include "timeline/model/Timeline.h"

namespace timeline {

inline constexpr const char* kVersionKey = "version";

/// The whole of a Timeline.1 whose schema has been checked, but for the format (see OtioFormat.h).
Timeline readTimeline(OtioReading& reading, const Json& object);
Json jsonFrom(const Timeline& timeline);

/// As dropOriginIfOurs(), for the timeline and its stack.
void dropTimelineOriginIfOurs(Timeline& timeline, const Json& object);

} // namespace timeline
