#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

#include <string>

namespace timeline {

/// Adds a take (see makeTake()) to a shot under the next free key, and shows it.
///
///     references   recipe, take-1          ->   recipe, take-1, take-2
///     active       take-1                  ->   take-2
///
/// NotFound, TrackLocked, InvalidArgument (no shot).
Result<Timeline> addTake(const Timeline& timeline, ItemId shot, ExternalReference take);

/// The take under `key` as `take` says, and shows it: what is known of it has changed. NotFound when there is none.
Result<Timeline> replaceTake(const Timeline& timeline, ItemId shot, const std::string& key, ExternalReference take);

/// Shows the take under `key`; kRecipeKey shows none. NotFound also when there is no such take.
Result<Timeline> chooseTake(const Timeline& timeline, ItemId shot, const std::string& key);

/// Forgets a take. If it was showing, the newest of those left shows, or none. Its file stays.
Result<Timeline> removeTake(const Timeline& timeline, ItemId shot, const std::string& key);

} // namespace timeline
