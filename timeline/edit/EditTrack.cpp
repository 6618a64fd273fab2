#include "timeline/edit/EditTrack.h"

#include "timeline/model/Invariants.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace timeline {

namespace {

Result<void> checkEditable(const Track& track) {
    if (track.locked) {
        return Error{ErrorCode::TrackLocked, track.name, {}};
    }
    // A nested stack or the like beside the tracks has no items to edit.
    if (track.kind == TrackKind::Foreign) {
        return Error{ErrorCode::WrongTrackKind, track.name, track.kindName};
    }
    return {};
}

bool hasMarker(const std::vector<Marker>& markers, const std::vector<Marker>& sought) {
    return std::ranges::any_of(sought, [&](const Marker& marker) {
        return !marker.id.isValid() || std::ranges::find(markers, marker.id, &Marker::id) != markers.end();
    });
}

} // namespace

Result<std::size_t> editableTrack(const Timeline& timeline, TrackId track) {
    const auto index = trackIndex(timeline, track);
    if (!index) {
        return Error{ErrorCode::NotFound, "track", {}};
    }
    if (const auto editable = checkEditable(timeline.tracks[*index]); !editable) {
        return editable.error();
    }
    return *index;
}

Result<ItemPosition> editableItem(const Timeline& timeline, ItemId item) {
    const auto position = findItem(timeline, item);
    if (!position) {
        return Error{ErrorCode::NotFound, "item", {}};
    }
    if (const auto editable = checkEditable(timeline.tracks[position->track]); !editable) {
        return editable.error();
    }
    return *position;
}

Result<ItemPosition> editableClip(const Timeline& timeline, ItemId clip) {
    auto position = editableItem(timeline, clip);
    if (position) {
        const ItemPtr& item = timeline.tracks[position->track].items[position->index];
        if (!asClip(item)) {
            return Error{ErrorCode::InvalidArgument, itemName(*item), "no clip"};
        }
    }
    return position;
}

Result<Timeline> withItems(const Timeline& timeline, std::size_t track, Items items) {
    Items tidy = tidied(std::move(items));
    if (frameCount(tidy) > kMaxFrames) {
        return Error{ErrorCode::InvalidTime, timeline.tracks[track].name, "the track would be too long"};
    }
    Timeline edited = timeline;
    edited.tracks[track].items = std::move(tidy);
    return edited;
}

Result<Timeline> withClip(const Timeline& timeline, ItemId clip, const std::function<Result<Clip>(Clip)>& change) {
    const auto position = editableClip(timeline, clip);
    if (!position) {
        return position.error();
    }
    const Track& track = timeline.tracks[position->track];
    const Clip& old = *asClip(track.items[position->index]);
    auto changed = change(old);
    if (!changed) {
        return changed.error();
    }
    // Other programs' files may hold what we would not put there.
    if (!accepts(track.kind, *changed) && accepts(track.kind, old)) {
        return Error{ErrorCode::WrongTrackKind, changed->name, track.name};
    }
    Items items = track.items;
    items[position->index] = makeItem(*std::move(changed));
    return withItems(timeline, position->track, std::move(items));
}

Result<std::int64_t> frameAt(const Timeline& timeline, RationalTime time) {
    const std::int64_t frame = time.rescaledTo(timeline.format.rate).value();
    if (frame < 0 || frame > kMaxFrames) {
        return Error{ErrorCode::InvalidTime, {}, std::to_string(frame)};
    }
    return frame;
}

bool areMarkersTaken(const Timeline& timeline, const std::vector<Marker>& sought) {
    if (sought.empty()) {
        return false;
    }
    if (hasMarker(timeline.markers, sought)) {
        return true;
    }
    return std::ranges::any_of(timeline.tracks, [&](const Track& track) {
        return hasMarker(track.markers, sought) || std::ranges::any_of(track.items, [&](const ItemPtr& item) {
                   const auto* gap = std::get_if<Gap>(item.get());
                   const Clip* clip = asClip(item);
                   return (clip && hasMarker(clip->markers, sought)) || (gap && hasMarker(gap->markers, sought));
               });
    });
}

Result<Clip> fitForTrack(const Timeline& timeline, std::size_t track, Clip clip) {
    if (!accepts(timeline.tracks[track].kind, clip)) {
        return Error{ErrorCode::WrongTrackKind, clip.name, timeline.tracks[track].name};
    }
    if (!clip.id.isValid() || findItem(timeline, clip.id) || areMarkersTaken(timeline, clip.markers)) {
        return Error{ErrorCode::InvalidArgument, clip.name, "id invalid or taken"};
    }
    if (const auto checked = checkProperties(clip.properties); !checked) {
        return Error{ErrorCode::InvalidArgument, clip.name, checked.error().detail};
    }
    const std::int64_t frames = clip.sourceRange.duration.rescaledTo(timeline.format.rate).value();
    if (clip.sourceRange.duration.value() <= 0 || frames > kMaxFrames) {
        return Error{ErrorCode::InvalidTime, clip.name, "length"};
    }
    clip.sourceRange.duration = RationalTime(std::max<std::int64_t>(frames, 1), timeline.format.rate);
    return clip;
}

Items joined(CutItems cut, Clip clip, std::int64_t start) {
    Items items = std::move(cut.head);
    const std::int64_t missing = start - frameCount(items);
    if (missing > 0) {
        items.push_back(makeGap(RationalTime(missing, clip.sourceRange.duration.rate())));
    }
    items.push_back(makeItem(std::move(clip)));
    std::ranges::move(cut.tail, std::back_inserter(items));
    return items;
}

} // namespace timeline
