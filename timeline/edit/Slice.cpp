#include "timeline/edit/Slice.h"

#include "timeline/edit/EditTrack.h"

#include <utility>

namespace timeline {

namespace {

Result<Items> sliced(const Items& items, std::int64_t frame) {
    Items result;
    result.reserve(items.size() + 1);
    std::int64_t position = 0;
    for (const ItemPtr& item : items) {
        const std::int64_t length = itemDuration(*item).value();
        const bool isGap = std::holds_alternative<Gap>(*item); // nothing is there to cut
        if (!isGap && position < frame && frame < position + length) {
            auto parts = splitItem(item, frame - position);
            if (!parts) {
                return parts.error();
            }
            result.push_back(std::move(parts->first));
            result.push_back(std::move(parts->second));
        } else {
            result.push_back(item);
        }
        position += length;
    }
    return result;
}

} // namespace

Result<Timeline> slice(const Timeline& timeline, TrackId track, RationalTime time) {
    const auto index = editableTrack(timeline, track);
    if (!index) {
        return index.error();
    }
    const auto frame = frameAt(timeline, time);
    if (!frame) {
        return frame.error();
    }
    auto items = sliced(timeline.tracks[*index].items, *frame);
    if (!items) {
        return items.error();
    }
    return withItems(timeline, *index, *std::move(items));
}

Result<Timeline> sliceAll(const Timeline& timeline, RationalTime time) {
    if (const auto frame = frameAt(timeline, time); !frame) {
        return frame.error();
    }
    Timeline edited = timeline;
    for (const Track& track : timeline.tracks) {
        if (auto result = slice(edited, track.id, time)) {
            edited = *std::move(result);
        }
    }
    return edited;
}

} // namespace timeline
