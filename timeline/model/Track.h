#pragma once

#include "timeline/model/Item.h"

#include <cstdint>
#include <string>
#include <vector>

namespace timeline {

/// Video and Audio are OTIO's. Prompt tracks hold clips of generator kind "prompt", Style tracks hold stills,
/// Mask tracks stills and film, white where what lies below a shot is made anew; other
/// editors see tracks of a kind they do not know. Foreign: another program's kind, kept.
enum class TrackKind : std::uint8_t { Video, Audio, Prompt, Style, Mask, Foreign };

/// OTIO's Track.1: items in sequence. Gaps are explicit, so that two clips cannot overlap.
/// Thread: a value; items are shared and never changed.
struct Track {
    TrackId id;
    std::string name;
    TrackKind kind = TrackKind::Video;
    std::string kindName; ///< the word in the file, for Foreign
    bool enabled = true;  ///< false: hidden, or muted
    bool locked = false;
    std::vector<ItemPtr> items;
    std::vector<Effect> effects;
    std::vector<Marker> markers;
    Metadata metadata;
    Origin origin; ///< a child of the stack that is no Track.1 is a Foreign track without items; this is all of it

    /// Compares items by value, not by pointer.
    bool operator==(const Track& other) const;
};

} // namespace timeline
