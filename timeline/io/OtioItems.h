#pragma once

#include "timeline/io/OtioFields.h"
#include "timeline/model/Track.h"

namespace timeline {

/// A child of the timeline's stack: a Track.1 with its items, or something else, kept whole as a Foreign track.
Track readTrack(OtioReading& reading, const Json& object);
Json jsonFrom(const Track& track);

/// How long a composition or an item says it is; zero when it does not.
RationalTime durationOf(OtioReading& reading, const Json& object);

} // namespace timeline
