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

} // namespace timeline
