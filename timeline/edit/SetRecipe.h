#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

#include "timeline/model/Recipe.h"

namespace timeline {

/// Changes what a shot asks for; its takes stay.
///
///     recipe {seed 1}, take-1   ->   recipe {seed 2}, take-1
///
/// NotFound, TrackLocked, InvalidArgument (no shot, or checkRecipe() refuses).
Result<Timeline> setRecipe(const Timeline& timeline, ItemId shot, const Recipe& recipe);

/// Turns a clip into a shot; what it shows becomes its first take. A shot gets the recipe alone.
///
///     DEFAULT_MEDIA (walk.mp4)   ->   recipe {...}, take-1 (walk.mp4), which shows
///
/// NotFound, TrackLocked, InvalidArgument (no clip with a file, or checkRecipe() refuses).
Result<Timeline> makeIntoShot(const Timeline& timeline, ItemId clip, const Recipe& recipe);

} // namespace timeline
