#pragma once

#include "timeline/model/Track.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace timeline {

/// The picture and sound of a sequence.
struct SequenceFormat {
    FrameRate rate{25, 1};
    int width = 1280; ///< 16 to 16384
    int height = 720;
    int sampleRate = 48000; ///< 8000 to 192000
    int channels = 2;       ///< 1 or 2

    bool operator==(const SequenceFormat&) const = default;
};

/// The whole edit: OTIO's Timeline.1 with one Stack.1 of tracks, bottom first. An immutable value in practice: edits
/// are functions from one Timeline to another, and other threads hold shared_ptr<const Timeline>.
/// Thread: a value.
struct Timeline {
    std::string name;
    SequenceFormat format; ///< in metadata["fantascope"]["format"]; other programs' files get it from their media
    std::optional<RationalTime> globalStart; ///< the timecode of frame 0
    std::vector<Track> tracks;               ///< bottom of the picture first
    std::vector<Marker> markers;
    std::vector<Effect> effects;
    Metadata metadata;      ///< of the Timeline
    Metadata stackMetadata; ///< of its Stack
    Origin origin;
    Origin stackOrigin;

    bool operator==(const Timeline&) const = default;
};

using TimelinePtr = std::shared_ptr<const Timeline>;

} // namespace timeline
