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

/// All shots, track by track, in order.
std::vector<ItemId> shotsOf(const Timeline& timeline);

/// The reference under the clip's active key, or null.
const MediaReference* activeReference(const Clip& clip);
bool isShot(const Clip& clip); ///< has a reference under kRecipeKey
std::optional<TimeRange> availableRange(const MediaReference& reference);
/// True for what looks the same at every moment: titles, colours, and files that say so or are named like a still.
bool isStill(const MediaReference& reference);
/// True when there are pixels to show: a file, a title or a colour; not a prompt, a recipe or a missing file.
bool hasPicture(const MediaReference& reference);
/// `sourceTime` counted from the file's first frame, whatever availableRange calls that frame.
RationalTime fileTime(const MediaReference& reference, RationalTime sourceTime);
/// The part of its medium that a clip can be trimmed over; nothing when there is no limit: stills, generators, shots
/// (which hold their first and last frame until they are generated anew) and media of unknown length.
std::optional<TimeRange> mediaLimits(const Clip& clip);
/// Whether the clip may lie on a track of this kind: prompts on Prompt tracks only, files on Style and Audio tracks,
/// all but prompts on Video tracks, nothing on Foreign ones.
bool accepts(TrackKind kind, const Clip& clip);

} // namespace timeline
