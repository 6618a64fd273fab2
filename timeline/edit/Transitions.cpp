#include "timeline/edit/Transitions.h"

#include "timeline/edit/EditTrack.h"
#include "timeline/model/Invariants.h"

#include <algorithm>
#include <utility>

namespace timeline {

namespace {

const Transition* transitionAt(const Items& items, std::size_t index) {
    return index < items.size() ? std::get_if<Transition>(items[index].get()) : nullptr;
}

/// Room at the cut, less what dissolves at the clips' other ends take.
TransitionRoom freeRoom(const Items& items, std::size_t left, std::size_t right) {
    const Clip& leftClip = *asClip(items[left]);
    const Clip& rightClip = *asClip(items[right]);
    TransitionRoom room = transitionRoom(leftClip, rightClip);
    if (const Transition* before = left > 0 ? transitionAt(items, left - 1) : nullptr) {
        room.in = std::min(room.in, leftClip.sourceRange.duration - before->outOffset);
    }
    if (const Transition* after = transitionAt(items, right + 1)) {
        room.out = std::min(room.out, rightClip.sourceRange.duration - after->inOffset);
    }
    return room;
}

} // namespace

Result<Timeline> addTransition(const Timeline& timeline, ItemId left, RationalTime inOffset, RationalTime outOffset) {
    const auto position = editableClip(timeline, left);
    if (!position) {
        return position.error();
    }
    Items items = timeline.tracks[position->track].items;
    const std::size_t index = position->index;
    const Transition* old = transitionAt(items, index + 1);
    const std::size_t right = index + (old ? 2 : 1);
    if (right >= items.size() || !asClip(items[right])) {
        return Error{ErrorCode::InvalidArgument, itemName(*items[index]), "no clip follows"};
    }
    Transition transition = old ? *old : Transition{};
    transition.inOffset = inOffset.rescaledTo(timeline.format.rate);
    transition.outOffset = outOffset.rescaledTo(timeline.format.rate);
    const TransitionRoom room = freeRoom(items, index, right);
    const std::int64_t in = transition.inOffset.value();
    const std::int64_t out = transition.outOffset.value();
    if (in < 0 || out < 0 || (in == 0 && out == 0) || transition.inOffset > room.in ||
        transition.outOffset > room.out) {
        return Error{ErrorCode::InvalidArgument, itemName(*items[index]), "not enough media beyond the cut"};
    }
    const auto place = items.begin() + static_cast<std::ptrdiff_t>(index) + 1;
    if (old) {
        *place = makeItem(std::move(transition));
    } else {
        transition.id = ItemId::create();
        items.insert(place, makeItem(std::move(transition)));
    }
    return withItems(timeline, position->track, std::move(items));
}

Result<Timeline> removeTransition(const Timeline& timeline, ItemId transition) {
    const auto position = editableItem(timeline, transition);
    if (!position) {
        return position.error();
    }
    Items items = timeline.tracks[position->track].items;
    if (!transitionAt(items, position->index)) {
        return Error{ErrorCode::NotFound, "transition", {}};
    }
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(position->index));
    return withItems(timeline, position->track, std::move(items));
}

} // namespace timeline
