#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"
#include "ui/prompt/ModelChoice.h"

#include <string>
#include <vector>

namespace ui {

/// The shot that a selection stands for: the selected shot itself; the topmost shot that a selected prompt, style or
/// base clip lies under or over; with nothing selected, the topmost shot at the playhead. Invalid: there is none.
timeline::ItemId shotFor(const timeline::Timeline& timeline, const std::vector<timeline::ItemId>& selected,
                         timeline::RationalTime playhead);

/// "Shot 3", one above how many there are.
std::string nextShotName(const timeline::Timeline& timeline);

struct NewShot {
    timeline::Timeline timeline;
    timeline::ItemId shot;
};

/// Lays a new shot over what is selected (or over the prompt or clip at the playhead, or two seconds from there):
///
///     Prompt   [ snow at dawn ]              Prompt   [ snow at dawn ]
///                                   ->       Video 2  [==== shot ====]     new track if there is no room
///     Video 1  [   walk.mp4           ]      Video 1  [   walk.mp4           ]
///
/// Over moving pictures it is steered by the base where the model can be. Errors as addTrack() and overwrite().
timeline::Result<NewShot> newShot(const timeline::Timeline& timeline, const std::vector<timeline::ItemId>& selected,
                                  timeline::RationalTime playhead, const ModelChoice& model);

} // namespace ui
