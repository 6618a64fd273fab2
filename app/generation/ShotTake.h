#pragma once

#include "app/generation/ShotPlan.h"
#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

#include <string>

namespace app {

/// A hash of everything on the timeline that a shot's pixels depend on: settled recipe (a seed only where one is set),
/// prompts, style pictures and what is drawn below. Quick: nothing is rendered or read from disk; media counts by file
/// name. NotFound and InvalidArgument as timeline::shotContext().
timeline::Result<std::string> contextKey(const timeline::Timeline& timeline, timeline::ItemId shot,
                                         const ModelInfo& model);

/// A finished take for a shot as it was in `timeline` when it was asked for. It also covers what the shot's transitions
/// show of it, and remembers contextKey().
timeline::Result<timeline::ExternalReference> takeFor(const timeline::Timeline& timeline,
                                                      const timeline::ShotContext& context, const std::string& url,
                                                      const timeline::TakeRecord& record, const ModelInfo& model);

/// The take as one that would come out again of the shot as it is in `timeline`.
timeline::Result<timeline::ExternalReference> refreshedTake(timeline::ExternalReference take,
                                                            const timeline::Timeline& timeline, timeline::ItemId shot,
                                                            const ModelInfo& model);

/// The key that the chosen take remembers; empty when there is none.
std::string chosenTakeContext(const timeline::Clip& shot);

} // namespace app
