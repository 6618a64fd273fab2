#pragma once

#include "timeline/edit/TrackItems.h"
#include "timeline/model/Query.h"

#include <functional>

namespace timeline {

/// The index of a track whose items may be changed: NotFound, TrackLocked, WrongTrackKind (a child of the stack that is
/// no track).
Result<std::size_t> editableTrack(const Timeline& timeline, TrackId track);

/// Where an item lies whose track may be changed. NotFound, TrackLocked.
Result<ItemPosition> editableItem(const Timeline& timeline, ItemId item);

/// As editableItem(), and InvalidArgument when it is no clip.
Result<ItemPosition> editableClip(const Timeline& timeline, ItemId clip);

/// The timeline with these items, tidied(), on a track. InvalidTime when they are longer than a track may be.
Result<Timeline> withItems(const Timeline& timeline, std::size_t track, Items items);

/// The timeline with one clip changed where it stands; its length stays.
Result<Timeline> withClip(const Timeline& timeline, ItemId clip, const std::function<Result<Clip>(Clip)>& change);

/// The time in frames of the timeline, rounded to the nearest. InvalidTime below 0 or beyond what a track holds.
Result<std::int64_t> frameAt(const Timeline& timeline, RationalTime time);

/// Whether one of the markers' ids is invalid or lies in the timeline already.
bool areMarkersTaken(const Timeline& timeline, const std::vector<Marker>& sought);

/// A clip that may be added to a track: ids not taken, length in whole frames of the timeline (rounded, at least one),
/// properties in range. InvalidArgument, WrongTrackKind, InvalidTime.
Result<Clip> fitForTrack(const Timeline& timeline, std::size_t track, Clip clip);

/// The clip between what is left of a track on both sides of it; a gap fills the way to `start`.
Items joined(CutItems cut, Clip clip, std::int64_t start);

} // namespace timeline
