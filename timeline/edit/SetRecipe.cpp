#include "timeline/edit/SetRecipe.h"

#include "timeline/edit/EditTrack.h"

#include <utility>

namespace timeline {

Result<Timeline> setRecipe(const Timeline& timeline, ItemId shot, const Recipe& recipe) {
    return withClip(timeline, shot, [&](Clip clip) -> Result<Clip> {
        if (!isShot(clip)) {
            return Error{ErrorCode::InvalidArgument, clip.name, "no shot"};
        }
        if (const auto checked = checkRecipe(recipe); !checked) {
            return checked.error();
        }
        return withRecipe(std::move(clip), recipe);
    });
}

} // namespace timeline
