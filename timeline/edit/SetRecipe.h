#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

#include "timeline/model/Recipe.h"

namespace timeline {

/// Changes what a shot asks for; its takes stay. A clip that is no shot becomes one, its file the "base" below it no
/// longer: it is kept under its old key.
///
///     recipe {seed 1}, take-1   ->   recipe {seed 2}, take-1        take-1 is now stale
///
/// NotFound, TrackLocked, WrongTrackKind (shots lie on Video tracks), InvalidArgument (not finite, out of range).
Result<Timeline> setRecipe(const Timeline& timeline, ItemId clip, const Recipe& recipe);

} // namespace timeline
