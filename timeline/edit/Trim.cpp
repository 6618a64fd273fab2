#include "timeline/edit/Trim.h"

#include "timeline/edit/EditTrack.h"
#include "timeline/model/Invariants.h"

#include <algorithm>
#include <utility>

namespace timeline {

namespace {

std::int64_t gapFrames(const Items& items, std::size_t index) {
    const bool isGap = index < items.size() && std::holds_alternative<Gap>(*items[index]);
    return isGap ? itemDuration(*items[index]).value() : 0;
}

/// Makes the gap at `index` longer or shorter, or puts one there.
void resizeGap(Items& items, std::size_t index, std::int64_t frames, bool isThere) {
    const auto place = items.begin() + static_cast<std::ptrdiff_t>(index);
    const FrameRate rate = itemDuration(*items.front()).rate();
    if (!isThere) {
        items.insert(place, makeGap(RationalTime(frames, rate)));
    } else if (frames == 0) {
        items.erase(place);
    } else {
        Gap gap = std::get<Gap>(**place);
        gap.duration = RationalTime(frames, rate);
        *place = makeItem(std::move(gap));
    }
}

} // namespace

Result<Timeline> trimHead(const Timeline& timeline, ItemId clip, RationalTime start) {
    const auto position = editableClip(timeline, clip);
    if (!position) {
        return position.error();
    }
    Items items = timeline.tracks[position->track].items;
    const Clip& old = *asClip(items[position->index]);
    const std::int64_t oldStart = position->range.start.value();
    const std::int64_t gap = position->index > 0 ? gapFrames(items, position->index - 1) : 0;
    std::int64_t room = gap;
    if (const auto limits = mediaLimits(old)) {
        const RationalTime handle = old.sourceRange.start - limits->start;
        room = std::clamp<std::int64_t>(handle.rescaledTo(timeline.format.rate, Rounding::Floor).value(), 0, gap);
    }
    const std::int64_t wanted = start.rescaledTo(timeline.format.rate).value();
    const std::int64_t by = std::clamp(wanted, oldStart - room, position->range.end().value() - 1) - oldStart;
    if (by == 0) {
        return timeline;
    }
    items[position->index] = makeItem(withHeadMoved(old, by));
    const bool hasGap = gap > 0;
    resizeGap(items, hasGap ? position->index - 1 : position->index, gap + by, hasGap);
    return withItems(timeline, position->track, std::move(items));
}

Result<Timeline> trimTail(const Timeline& timeline, ItemId clip, RationalTime end) {
    const auto position = editableClip(timeline, clip);
    if (!position) {
        return position.error();
    }
    Items items = timeline.tracks[position->track].items;
    const Clip& old = *asClip(items[position->index]);
    const std::int64_t oldEnd = position->range.end().value();
    const std::int64_t gap = gapFrames(items, position->index + 1);
    const bool isLast = position->index + 1 == items.size();
    std::int64_t room = isLast ? kMaxFrames - oldEnd : gap;
    if (const auto limits = mediaLimits(old)) {
        const RationalTime handle = limits->end() - old.sourceRange.end();
        room = std::clamp<std::int64_t>(handle.rescaledTo(timeline.format.rate, Rounding::Floor).value(), 0, room);
    }
    const std::int64_t wanted = end.rescaledTo(timeline.format.rate).value();
    const std::int64_t by = std::clamp(wanted, position->range.start.value() + 1, oldEnd + room) - oldEnd;
    if (by == 0) {
        return timeline;
    }
    items[position->index] = makeItem(withFrames(old, old.sourceRange.duration.value() + by));
    if (!isLast) {
        resizeGap(items, position->index + 1, gap - by, gap > 0);
    }
    return withItems(timeline, position->track, std::move(items));
}

} // namespace timeline
