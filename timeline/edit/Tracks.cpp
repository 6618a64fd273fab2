#include "timeline/edit/Tracks.h"

#include "timeline/model/Query.h"

#include <algorithm>
#include <utility>

namespace timeline {

namespace {

/// 0 for what belongs at the bottom.
int level(TrackKind kind) {
    switch (kind) {
    case TrackKind::Audio:
        return 0;
    case TrackKind::Video:
    case TrackKind::Foreign:
        return 1;
    case TrackKind::Mask:
        return 2;
    case TrackKind::Style:
        return 3;
    case TrackKind::Prompt:
        return 4;
    }
    return 1;
}

/// Above the topmost track of its kind; without one, above all that belong below it. New sound goes to the bottom.
std::size_t defaultIndex(const Timeline& timeline, TrackKind kind) {
    if (kind == TrackKind::Audio) {
        return 0;
    }
    std::size_t index = 0;
    bool hasKind = false;
    for (std::size_t at = 0; at < timeline.tracks.size(); ++at) {
        const TrackKind other = timeline.tracks[at].kind;
        if (other == kind || (!hasKind && level(other) <= level(kind))) {
            index = at + 1;
        }
        hasKind = hasKind || other == kind;
    }
    return index;
}

} // namespace

Result<Timeline> addTrack(const Timeline& timeline, Track track, std::optional<std::size_t> index) {
    if (!track.id.isValid() || trackIndex(timeline, track.id)) {
        return Error{ErrorCode::InvalidArgument, track.name, "id invalid or taken"};
    }
    if (!track.items.empty()) {
        return Error{ErrorCode::InvalidArgument, track.name, "not empty"};
    }
    const std::size_t at = std::min(index.value_or(defaultIndex(timeline, track.kind)), timeline.tracks.size());
    Timeline edited = timeline;
    edited.tracks.insert(edited.tracks.begin() + static_cast<std::ptrdiff_t>(at), std::move(track));
    return edited;
}

Result<Timeline> removeTrack(const Timeline& timeline, TrackId track) {
    const auto index = trackIndex(timeline, track);
    if (!index) {
        return Error{ErrorCode::NotFound, "track", {}};
    }
    if (timeline.tracks[*index].locked) {
        return Error{ErrorCode::TrackLocked, timeline.tracks[*index].name, {}};
    }
    Timeline edited = timeline;
    edited.tracks.erase(edited.tracks.begin() + static_cast<std::ptrdiff_t>(*index));
    return edited;
}

Result<Timeline> moveTrack(const Timeline& timeline, TrackId track, std::size_t index) {
    const auto from = trackIndex(timeline, track);
    if (!from) {
        return Error{ErrorCode::NotFound, "track", {}};
    }
    if (index >= timeline.tracks.size()) {
        return Error{ErrorCode::InvalidArgument, "index", {}};
    }
    Timeline edited = timeline;
    const auto at = [&](std::size_t place) { return edited.tracks.begin() + static_cast<std::ptrdiff_t>(place); };
    if (*from < index) {
        std::rotate(at(*from), at(*from + 1), at(index + 1));
    } else {
        std::rotate(at(index), at(*from), at(*from + 1));
    }
    return edited;
}

} // namespace timeline
