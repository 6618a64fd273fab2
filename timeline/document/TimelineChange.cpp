#include "timeline/document/TimelineChange.h"

#include "timeline/model/Query.h"

#include <algorithm>
#include <span>
#include <unordered_map>

namespace timeline {

namespace {

bool isSame(const ItemPtr& a, const ItemPtr& b) {
    return a == b || *a == *b;
}

std::int64_t framesOf(std::span<const ItemPtr> items) {
    std::int64_t frames = 0;
    for (const ItemPtr& item : items) {
        frames += itemDuration(*item).value();
    }
    return frames;
}

/// How far the transitions among these items reach over their cuts.
std::int64_t transitionReach(std::span<const ItemPtr> items) {
    std::int64_t reach = 0;
    for (const ItemPtr& item : items) {
        if (const auto* transition = std::get_if<Transition>(item.get())) {
            reach = std::max({reach, transition->inOffset.value(), transition->outOffset.value()});
        }
    }
    return reach;
}

void widen(std::optional<TimeRange>& range, const TimeRange& by) {
    if (by.isEmpty()) {
        return;
    }
    range = range ? TimeRange::fromStartEnd(std::min(range->start, by.start), std::max(range->end(), by.end())) : by;
}

/// The frames at which two lists of items differ: from the first difference to the last, or to the end when what
/// follows has moved.
TimeRange changedRange(std::span<const ItemPtr> before, std::span<const ItemPtr> after, FrameRate rate) {
    std::size_t head = 0;
    while (head < before.size() && head < after.size() && isSame(before[head], after[head])) {
        ++head;
    }
    std::int64_t start = framesOf(before.first(head));
    std::int64_t end = framesOf(before);
    std::size_t tail = 0;
    if (framesOf(after) == end) {
        while (tail < std::min(before.size(), after.size()) - head &&
               isSame(before[before.size() - 1 - tail], after[after.size() - 1 - tail])) {
            ++tail;
        }
        end -= framesOf(before.last(tail));
    } else {
        end = std::max(end, framesOf(after));
    }
    // A dissolve next to a changed clip shows that clip, too.
    const std::size_t first = head > 0 ? head - 1 : 0;
    const auto reachIn = [&](std::span<const ItemPtr> items) {
        const std::size_t last = std::min(items.size(), items.size() - tail + 1);
        return transitionReach(items.subspan(first, last - first));
    };
    const std::int64_t reach = std::max(reachIn(before), reachIn(after));
    start = std::max<std::int64_t>(0, start - reach);
    return {RationalTime(start, rate), RationalTime(end + reach - start, rate)};
}

using ItemsById = std::unordered_map<ItemId, ItemPtr>;

/// The items that are in one of the two, or different in both.
std::vector<ItemId> changedItems(const ItemsById& before, const ItemsById& after) {
    std::vector<ItemId> changed;
    for (const auto& [id, item] : after) {
        const auto found = before.find(id);
        if (found == before.end() || !isSame(found->second, item)) {
            changed.push_back(id);
        }
    }
    for (const auto& [id, item] : before) {
        if (!after.contains(id)) {
            changed.push_back(id);
        }
    }
    std::ranges::sort(changed);
    return changed;
}

void collect(ItemsById& items, const Track& track) {
    for (const ItemPtr& item : track.items) {
        items.emplace(itemId(*item), item);
    }
}

TimeRange wholeRange(const Timeline& timeline, const Track& track) {
    return {RationalTime(0, timeline.format.rate), trackDuration(timeline, track)};
}

bool hasSameSettings(const Track& a, const Track& b) {
    return a.enabled == b.enabled && a.kind == b.kind;
}

} // namespace

TimelineChange changeBetween(const Timeline& before, const Timeline& after) {
    TimelineChange change;
    change.format = before.format != after.format;
    change.markers = before.markers != after.markers;
    change.name = before.name != after.name;
    change.trackList = !std::ranges::equal(before.tracks, after.tracks, {}, &Track::id, &Track::id);
    ItemsById oldItems;
    ItemsById newItems;
    for (const Track& track : after.tracks) {
        const Track* old = findTrack(before, track.id);
        if (!old) {
            collect(newItems, track);
            widen(change.range, wholeRange(after, track));
        } else if (!(*old == track)) {
            change.tracks.push_back(track.id);
            collect(oldItems, *old);
            collect(newItems, track);
            if (!hasSameSettings(*old, track)) {
                widen(change.range, wholeRange(before, *old));
                widen(change.range, wholeRange(after, track));
            } else if (!std::ranges::equal(old->items, track.items, isSame)) {
                widen(change.range, changedRange(old->items, track.items, after.format.rate));
            }
        }
    }
    for (const Track& track : before.tracks) {
        if (!findTrack(after, track.id)) {
            collect(oldItems, track);
            widen(change.range, wholeRange(before, track));
        }
    }
    change.items = changedItems(oldItems, newItems);
    if (change.format || change.trackList) {
        // Everything may look different: size and rate count for every frame, as does which track covers which.
        const RationalTime longest = std::max(timelineDuration(before), timelineDuration(after));
        widen(change.range, {RationalTime(0, after.format.rate), longest});
    }
    return change;
}

} // namespace timeline
