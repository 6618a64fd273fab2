#pragma once

#include "timeline/model/Timeline.h"

#include <optional>
#include <vector>

namespace timeline {

/// Where an item lies.
struct ItemPosition {
    std::size_t track = 0; ///< index in Timeline::tracks
    std::size_t index = 0; ///< index in Track::items
    TimeRange range;       ///< on the track, at the timeline's rate

    bool operator==(const ItemPosition&) const = default;
};

/// The clip that shows at a time, and the moment of its medium that it shows.
struct ClipAtTime {
    const Clip* clip = nullptr; ///< lives as long as the timeline
    TimeRange range;            ///< on the track
    RationalTime sourceTime;
};

const Track* findTrack(const Timeline& timeline, TrackId id); ///< null when there is none
std::optional<std::size_t> trackIndex(const Timeline& timeline, TrackId id);
std::optional<ItemPosition> findItem(const Timeline& timeline, ItemId id);
const Clip* findClip(const Timeline& timeline, ItemId id); ///< null when there is none, or it is no clip

RationalTime trackDuration(const Timeline& timeline, const Track& track);
RationalTime timelineDuration(const Timeline& timeline); ///< of the longest track, at the timeline's rate
/// The ranges of all items of a track in order; transitions have length 0 at their cut.
std::vector<TimeRange> itemRanges(const Timeline& timeline, const Track& track);
std::optional<ClipAtTime> clipAt(const Timeline& timeline, const Track& track, RationalTime time);
/// The clips of a track that overlap the range, in order.
std::vector<ItemPosition> clipsIn(const Timeline& timeline, std::size_t track, const TimeRange& range);

/// The reference under the clip's active key, or null.
const MediaReference* activeReference(const Clip& clip);
bool isShot(const Clip& clip); ///< has a reference under kRecipeKey

} // namespace timeline
