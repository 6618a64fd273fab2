#include "timeline/edit/Ripple.h"

#include "timeline/edit/EditTrack.h"
#include "timeline/model/Invariants.h"

#include <algorithm>
#include <utility>

namespace timeline {

namespace {

Items without(Items items, std::size_t index) {
    const auto isTransitionAt = [&](std::size_t at) {
        return at < items.size() && std::holds_alternative<Transition>(*items[at]);
    };
    // A dissolve into what goes must not become one into what comes after.
    const bool takesTime = itemDuration(*items[index]).value() > 0;
    const std::size_t last = takesTime && isTransitionAt(index + 1) ? index + 1 : index;
    const std::size_t first = takesTime && index > 0 && isTransitionAt(index - 1) ? index - 1 : index;
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(first),
                items.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    return items;
}

} // namespace

Result<Timeline> rippleDelete(const Timeline& timeline, const std::vector<ItemId>& items) {
    for (const ItemId id : items) {
        if (const auto position = editableItem(timeline, id); !position) {
            return position.error();
        }
    }
    Timeline edited = timeline;
    for (const ItemId id : items) {
        // A transition may have gone with its neighbour, and a gap may have grown together with another.
        if (const auto position = findItem(edited, id)) {
            Items& onTrack = edited.tracks[position->track].items;
            onTrack = without(std::move(onTrack), position->index);
        }
    }
    for (Track& track : edited.tracks) {
        if (!track.locked && track.items.size() != findTrack(timeline, track.id)->items.size()) {
            track.items = tidied(std::move(track.items));
        }
    }
    return edited;
}

Result<Timeline> rippleTrimTail(const Timeline& timeline, ItemId clip, RationalTime end) {
    const auto position = editableClip(timeline, clip);
    if (!position) {
        return position.error();
    }
    Items items = timeline.tracks[position->track].items;
    const Clip& old = *asClip(items[position->index]);
    std::int64_t room = kMaxFrames;
    if (const auto limits = mediaLimits(old)) {
        const RationalTime handle = limits->end() - old.sourceRange.end();
        room = std::clamp<std::int64_t>(handle.rescaledTo(timeline.format.rate, Rounding::Floor).value(), 0, room);
    }
    const std::int64_t length = old.sourceRange.duration.value();
    const std::int64_t wanted = (end - position->range.start).rescaledTo(timeline.format.rate).value();
    items[position->index] = makeItem(withFrames(old, std::clamp<std::int64_t>(wanted, 1, length + room)));
    return withItems(timeline, position->track, std::move(items));
}

} // namespace timeline
