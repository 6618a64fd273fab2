#include "timeline/edit/Move.h"

#include "timeline/edit/EditTrack.h"
#include "timeline/edit/Lift.h"
#include "timeline/edit/Overwrite.h"

#include <utility>

namespace timeline {

Result<Timeline> moveClip(const Timeline& timeline, ItemId clip, TrackId track, RationalTime start) {
    const auto position = editableClip(timeline, clip);
    if (!position) {
        return position.error();
    }
    const Track& from = timeline.tracks[position->track];
    if (from.id == track && start.rescaledTo(timeline.format.rate) == position->range.start) {
        return timeline;
    }
    const auto lifted = lift(timeline, {clip});
    if (!lifted) {
        return lifted.error();
    }
    return overwrite(*lifted, track, *asClip(from.items[position->index]), start);
}

Result<Timeline> moveClips(const Timeline& timeline, const std::vector<ItemId>& clips, RationalTime by, int tracksUp) {
    struct Landing {
        const Clip* clip;
        TrackId track;
        RationalTime start;
    };
    const RationalTime frames = by.rescaledTo(timeline.format.rate);
    std::vector<Landing> landings;
    for (const ItemId id : clips) {
        const auto position = editableClip(timeline, id);
        if (!position) {
            return position.error();
        }
        const auto target = static_cast<std::ptrdiff_t>(position->track) + tracksUp;
        if (target < 0 || target >= static_cast<std::ptrdiff_t>(timeline.tracks.size())) {
            return Error{ErrorCode::InvalidArgument, {}, "no track there"};
        }
        landings.push_back({asClip(timeline.tracks[position->track].items[position->index]),
                            timeline.tracks[static_cast<std::size_t>(target)].id, position->range.start + frames});
    }
    if (frames.value() == 0 && tracksUp == 0) {
        return timeline;
    }
    auto edited = lift(timeline, clips);
    for (const Landing& landing : landings) {
        if (!edited) {
            break;
        }
        edited = overwrite(*edited, landing.track, *landing.clip, landing.start);
    }
    return edited;
}

} // namespace timeline
