#include "timeline/edit/Move.h"

#include "timeline/edit/EditTrack.h"
#include "timeline/edit/Lift.h"
#include "timeline/edit/Overwrite.h"

#include <algorithm>
#include <utility>

namespace timeline {

namespace {

/// A dissolve between two clips that move together.
struct InnerTransition {
    ItemId left;
    ItemPtr transition;
};

std::vector<InnerTransition> innerTransitions(const Timeline& timeline, const std::vector<ItemId>& clips) {
    const auto moves = [&](const ItemPtr& item) {
        return asClip(item) && std::ranges::find(clips, itemId(*item)) != clips.end();
    };
    std::vector<InnerTransition> found;
    for (const Track& track : timeline.tracks) {
        for (std::size_t i = 1; i + 1 < track.items.size(); ++i) {
            const bool isTransition = std::holds_alternative<Transition>(*track.items[i]);
            if (isTransition && moves(track.items[i - 1]) && moves(track.items[i + 1])) {
                found.push_back({itemId(*track.items[i - 1]), track.items[i]});
            }
        }
    }
    return found;
}

Result<Timeline> withTransition(const Timeline& timeline, const InnerTransition& inner) {
    const auto position = editableClip(timeline, inner.left);
    if (!position) {
        return position.error();
    }
    Items items = timeline.tracks[position->track].items;
    items.insert(items.begin() + static_cast<std::ptrdiff_t>(position->index) + 1, inner.transition);
    return withItems(timeline, position->track, std::move(items));
}

} // namespace

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
    for (const InnerTransition& inner : innerTransitions(timeline, clips)) {
        if (!edited) {
            break;
        }
        edited = withTransition(*edited, inner);
    }
    return edited;
}

} // namespace timeline
