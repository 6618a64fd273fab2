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

Result<Timeline> makeIntoShot(const Timeline& timeline, ItemId clip, const Recipe& recipe) {
    return withClip(timeline, clip, [&](Clip made) -> Result<Clip> {
        if (const auto checked = checkRecipe(recipe); !checked) {
            return checked.error();
        }
        if (isShot(made)) {
            return withRecipe(std::move(made), recipe);
        }
        const auto shown = made.references.find(made.activeKey);
        if (shown == made.references.end() || !std::holds_alternative<ExternalReference>(shown->second)) {
            return Error{ErrorCode::InvalidArgument, made.name, "no file"};
        }
        MediaReference file = shown->second;
        made.references.erase(shown);
        made.activeKey = nextTakeKey(made);
        made.references[made.activeKey] = std::move(file);
        return withRecipe(std::move(made), recipe);
    });
}

} // namespace timeline
