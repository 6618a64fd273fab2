#include "timeline/edit/Takes.h"

#include "timeline/edit/EditTrack.h"
#include "timeline/model/Recipe.h"

#include <algorithm>
#include <utility>

namespace timeline {

namespace {

Error noShot(const Clip& clip) {
    return {ErrorCode::InvalidArgument, clip.name, "no shot"};
}

} // namespace

Result<Timeline> addTake(const Timeline& timeline, ItemId shot, ExternalReference take) {
    return withClip(timeline, shot, [&](Clip clip) -> Result<Clip> {
        if (!isShot(clip)) {
            return noShot(clip);
        }
        clip.activeKey = nextTakeKey(clip);
        clip.references[clip.activeKey] = std::move(take);
        return clip;
    });
}

Result<Timeline> replaceTake(const Timeline& timeline, ItemId shot, const std::string& key, ExternalReference take) {
    return withClip(timeline, shot, [&](Clip clip) -> Result<Clip> {
        if (!isShot(clip)) {
            return noShot(clip);
        }
        if (std::ranges::count(takeKeys(clip), key) == 0) {
            return Error{ErrorCode::NotFound, clip.name, key};
        }
        clip.references[key] = std::move(take);
        clip.activeKey = key;
        return clip;
    });
}

Result<Timeline> chooseTake(const Timeline& timeline, ItemId shot, const std::string& key) {
    return withClip(timeline, shot, [&](Clip clip) -> Result<Clip> {
        if (!isShot(clip)) {
            return noShot(clip);
        }
        if (!clip.references.contains(key)) {
            return Error{ErrorCode::NotFound, clip.name, key};
        }
        clip.activeKey = key;
        return clip;
    });
}

Result<Timeline> removeTake(const Timeline& timeline, ItemId shot, const std::string& key) {
    return withClip(timeline, shot, [&](Clip clip) -> Result<Clip> {
        if (!isShot(clip)) {
            return noShot(clip);
        }
        if (std::ranges::count(takeKeys(clip), key) == 0) {
            return Error{ErrorCode::NotFound, clip.name, key};
        }
        clip.references.erase(key);
        if (clip.activeKey == key) {
            const std::vector<std::string> left = takeKeys(clip);
            clip.activeKey = left.empty() ? kRecipeKey : left.back();
        }
        return clip;
    });
}

} // namespace timeline
