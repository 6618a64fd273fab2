#include "timeline/edit/Markers.h"

#include "timeline/edit/EditTrack.h"

#include <algorithm>
#include <utility>

namespace timeline {

Result<Timeline> addMarker(const Timeline& timeline, Marker marker) {
    if (areMarkersTaken(timeline, {marker}) || marker.markedRange.duration.value() < 0) {
        return Error{ErrorCode::InvalidArgument, marker.name, "id invalid or taken, or negative length"};
    }
    if (marker.markedRange.start.value() < 0) {
        return Error{ErrorCode::InvalidTime, marker.name, "before the start"};
    }
    Timeline edited = timeline;
    const auto start = [](const Marker& other) { return other.markedRange.start; };
    const auto place = std::ranges::upper_bound(edited.markers, marker.markedRange.start, {}, start);
    edited.markers.insert(place, std::move(marker));
    return edited;
}

Result<Timeline> removeMarker(const Timeline& timeline, MarkerId marker) {
    Timeline edited = timeline;
    if (std::erase_if(edited.markers, [&](const Marker& other) { return other.id == marker; }) == 0) {
        return Error{ErrorCode::NotFound, "marker", {}};
    }
    return edited;
}

} // namespace timeline
