#pragma once

#include "timeline/model/Generators.h"
#include "timeline/model/Recipe.h"
#include "timeline/model/Track.h"

#include <string>

namespace timeline {

/// New clips with new ids. Durations are at the timeline's rate.
Clip makePromptClip(const Prompt& prompt, RationalTime duration);
Clip makeTitleClip(const Title& title, RationalTime duration);
Clip makeColorClip(const std::string& color, RationalTime duration);
Clip makeShot(const Recipe& recipe, RationalTime duration);

enum class MediaMotion : std::uint8_t { Moving, Still };

/// A clip of a file. @param sourceRange  start in the medium's time, duration at the timeline's rate
Clip makeMediaClip(ExternalReference reference, TimeRange sourceRange, MediaMotion kind = MediaMotion::Moving);
/// The reference with its kind written down, so that nobody has to guess from the name.
ExternalReference withMediaKind(ExternalReference reference, MediaMotion kind);

Track makeTrack(TrackKind kind, std::string name);

} // namespace timeline
