#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

#include <cstddef>
#include <optional>

namespace timeline {

/// Puts a track in at `index`, by default where its kind belongs:
///
///     top     Prompt, Style        an index counts from the bottom
///             Video, Foreign
///     bottom  Audio
///
/// InvalidArgument when it has no id, one that is taken, or items.
Result<Timeline> addTrack(const Timeline& timeline, Track track, std::optional<std::size_t> index = std::nullopt);

/// Takes a track and all that lies on it out. NotFound, TrackLocked.
Result<Timeline> removeTrack(const Timeline& timeline, TrackId track);

/// Puts a track at another place in the stack; `index` is where it is afterwards. NotFound, InvalidArgument.
Result<Timeline> moveTrack(const Timeline& timeline, TrackId track, std::size_t index);

} // namespace timeline
