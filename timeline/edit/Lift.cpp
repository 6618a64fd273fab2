#include "timeline/edit/Lift.h"

#include "timeline/edit/EditTrack.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace timeline {

Result<Timeline> lift(const Timeline& timeline, const std::vector<ItemId>& items) {
    Timeline edited = timeline;
    std::vector<bool> isTouched(timeline.tracks.size(), false);
    for (const ItemId id : items) {
        const auto position = editableItem(timeline, id);
        if (!position) {
            return position.error();
        }
        Items& onTrack = edited.tracks[position->track].items;
        const RationalTime duration = position->range.duration;
        // Null marks what takes no time, so that the positions found above stay right.
        onTrack[position->index] = duration.value() > 0 ? makeGap(duration) : nullptr;
        isTouched[position->track] = true;
    }
    for (std::size_t track = 0; track < isTouched.size(); ++track) {
        if (isTouched[track]) {
            Items& onTrack = edited.tracks[track].items;
            std::erase(onTrack, nullptr);
            onTrack = tidied(std::move(onTrack));
        }
    }
    return edited;
}

Result<Timeline> liftRange(const Timeline& timeline, TrackId track, const TimeRange& range) {
    const auto index = editableTrack(timeline, track);
    if (!index) {
        return index.error();
    }
    const auto start = frameAt(timeline, range.start);
    const auto end = frameAt(timeline, range.end());
    if (!start || !end) {
        return start ? end.error() : start.error();
    }
    if (*end <= *start) {
        return timeline;
    }
    auto cut = cutOut(timeline.tracks[*index].items, *start, *end);
    if (!cut) {
        return cut.error();
    }
    Items items = std::move(cut->head);
    if (!cut->tail.empty()) {
        items.push_back(makeGap(RationalTime(*end - *start, timeline.format.rate)));
        std::ranges::move(cut->tail, std::back_inserter(items));
    }
    return withItems(timeline, *index, std::move(items));
}

} // namespace timeline
