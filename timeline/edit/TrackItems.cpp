#include "timeline/edit/TrackItems.h"

#include "timeline/model/Invariants.h"

#include <algorithm>
#include <functional>

namespace timeline {

namespace {

std::int64_t framesOf(const ItemPtr& item) {
    return itemDuration(*item).value();
}

/// Nothing would be missed if it were merged or dropped.
bool isPlainGap(const ItemPtr& item) {
    const auto* gap = std::get_if<Gap>(item.get());
    return gap && gap->effects.empty() && gap->markers.empty() && gap->metadata.empty() && gap->name.empty();
}

/// A gap's markers count from its start.
void shiftMarkers(Gap& gap, std::int64_t frames) {
    for (Marker& marker : gap.markers) {
        marker.markedRange.start = marker.markedRange.start + RationalTime(frames, gap.duration.rate());
    }
}

/// The item without its first `frames`. Its id stays.
ItemPtr withoutHead(const ItemPtr& item, std::int64_t frames) {
    if (const Clip* clip = asClip(item)) {
        return makeItem(withHeadMoved(*clip, frames));
    }
    Gap gap = std::get<Gap>(*item);
    shiftMarkers(gap, -frames);
    gap.duration = RationalTime(gap.duration.value() - frames, gap.duration.rate());
    return makeItem(std::move(gap));
}

ItemPtr withoutTail(const ItemPtr& item, std::int64_t frames) {
    const std::int64_t left = framesOf(item) - frames;
    if (const Clip* clip = asClip(item)) {
        return makeItem(withFrames(*clip, left));
    }
    Gap gap = std::get<Gap>(*item);
    gap.duration = RationalTime(left, gap.duration.rate());
    return makeItem(std::move(gap));
}

void moveLaterMarkers(std::vector<Marker>& from, std::vector<Marker>& to, RationalTime time) {
    const auto isEarlier = [&](const Marker& marker) { return marker.markedRange.start < time; };
    to.assign(from.begin(), from.end());
    std::erase_if(from, std::not_fn(isEarlier));
    std::erase_if(to, isEarlier);
}

/// Of one item that became two, the right one from its frame `end` on: that one is new, and each marker goes with the
/// part it lies in.
std::pair<ItemPtr, ItemPtr> asTwo(const ItemPtr& left, const ItemPtr& right, std::int64_t end) {
    if (const Clip* rightClip = asClip(right)) {
        Clip first = *asClip(left);
        Clip second = *rightClip;
        second.id = ItemId::create();
        moveLaterMarkers(first.markers, second.markers, second.sourceRange.start);
        return {makeItem(std::move(first)), makeItem(std::move(second))};
    }
    Gap first = std::get<Gap>(*left);
    Gap second = std::get<Gap>(*right);
    second.id = ItemId::create();
    moveLaterMarkers(first.markers, second.markers, first.duration);
    shiftMarkers(second, -end);
    return {makeItem(std::move(first)), makeItem(std::move(second))};
}

/// An item that takes time, against the hole [start, end) in its own frames.
Result<void> cutItem(CutItems& cut, const ItemPtr& item, std::int64_t start, std::int64_t end) {
    const std::int64_t length = framesOf(item);
    if (length <= start) {
        cut.head.push_back(item);
        return {};
    }
    if (end <= 0) {
        cut.tail.push_back(item);
        return {};
    }
    const bool keepsHead = start > 0;
    const bool keepsTail = end < length;
    if ((keepsHead || keepsTail) && std::holds_alternative<ForeignItem>(*item)) {
        return Error{ErrorCode::InvalidArgument, itemName(*item), "a foreign item cannot be cut"};
    }
    if (keepsHead && keepsTail) {
        auto [left, right] = asTwo(withoutTail(item, length - start), withoutHead(item, end), end);
        cut.head.push_back(std::move(left));
        cut.tail.push_back(std::move(right));
    } else if (keepsHead) {
        cut.head.push_back(withoutTail(item, length - start));
    } else if (keepsTail) {
        cut.tail.push_back(withoutHead(item, end));
    }
    return {};
}

/// The transition as far as its neighbours allow, or null.
ItemPtr fittedTransition(const ItemPtr& item, const Items& before, const ItemPtr& next) {
    const auto& transition = std::get<Transition>(*item);
    const Clip* left = before.empty() ? nullptr : asClip(before.back());
    const Clip* right = next ? asClip(next) : nullptr;
    if (!left || !right) {
        return nullptr;
    }
    TransitionRoom room = transitionRoom(*left, *right);
    if (before.size() > 1) {
        if (const auto* earlier = std::get_if<Transition>(before[before.size() - 2].get())) {
            room.in = std::min(room.in, left->sourceRange.duration - earlier->outOffset);
        }
    }
    if (transition.inOffset <= room.in && transition.outOffset <= room.out) {
        return item;
    }
    Transition fitted = transition;
    fitted.inOffset = std::min(transition.inOffset, room.in);
    fitted.outOffset = std::min(transition.outOffset, room.out);
    return fitted.inOffset.value() + fitted.outOffset.value() > 0 ? makeItem(std::move(fitted)) : nullptr;
}

} // namespace

Result<CutItems> cutOut(const Items& items, std::int64_t start, std::int64_t end) {
    CutItems cut;
    cut.head.reserve(items.size() + 2);
    std::int64_t position = 0;
    for (const ItemPtr& item : items) {
        const std::int64_t length = framesOf(item);
        const bool isTransition = std::holds_alternative<Transition>(*item);
        if (length > 0) {
            if (auto done = cutItem(cut, item, start - position, end - position); !done) {
                return done.error();
            }
        } else if (position < start || (position == start && !isTransition)) {
            cut.head.push_back(item);
        } else if (position > end || (position == end && !isTransition)) {
            cut.tail.push_back(item);
        }
        position += length;
    }
    return cut;
}

Result<std::pair<ItemPtr, ItemPtr>> splitItem(const ItemPtr& item, std::int64_t offset) {
    if (!asClip(item) && !std::holds_alternative<Gap>(*item)) {
        return Error{ErrorCode::InvalidArgument, itemName(*item), "a foreign item cannot be cut"};
    }
    return asTwo(withoutTail(item, framesOf(item) - offset), withoutHead(item, offset), offset);
}

Items tidied(Items items) {
    Items tidy;
    tidy.reserve(items.size());
    for (std::size_t index = 0; index < items.size(); ++index) {
        ItemPtr item = items[index];
        if (std::holds_alternative<Transition>(*item)) {
            item = fittedTransition(item, tidy, index + 1 < items.size() ? items[index + 1] : nullptr);
        }
        if (!item) {
            continue;
        }
        const bool areGaps =
            !tidy.empty() && std::holds_alternative<Gap>(*tidy.back()) && std::holds_alternative<Gap>(*item);
        if (areGaps && (isPlainGap(item) || isPlainGap(tidy.back()))) {
            const bool isFirstKept = isPlainGap(item);
            Gap gap = std::get<Gap>(isFirstKept ? *tidy.back() : *item);
            shiftMarkers(gap, isFirstKept ? 0 : framesOf(tidy.back()));
            gap.duration = itemDuration(*tidy.back()) + itemDuration(*item);
            tidy.back() = makeItem(std::move(gap));
        } else {
            tidy.push_back(std::move(item));
        }
    }
    while (!tidy.empty() && isPlainGap(tidy.back())) {
        tidy.pop_back();
    }
    return tidy;
}

ItemPtr makeGap(RationalTime duration) {
    Gap gap;
    gap.id = ItemId::create();
    gap.duration = duration;
    return makeItem(std::move(gap));
}

Clip withHeadMoved(Clip clip, std::int64_t frames) {
    const RationalTime by(frames, clip.sourceRange.duration.rate());
    clip.sourceRange = {clip.sourceRange.start + by, clip.sourceRange.duration - by};
    return clip;
}

Clip withFrames(Clip clip, std::int64_t frames) {
    clip.sourceRange.duration = RationalTime(frames, clip.sourceRange.duration.rate());
    return clip;
}

std::int64_t frameCount(const Items& items) {
    std::int64_t frames = 0;
    for (const ItemPtr& item : items) {
        frames += framesOf(item);
    }
    return frames;
}

} // namespace timeline
