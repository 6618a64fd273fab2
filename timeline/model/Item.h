#pragma once

#include "timeline/base/Metadata.h"
#include "timeline/model/Ids.h"
#include "timeline/model/MediaReference.h"
#include "timeline/model/Origin.h"
#include "timeline/time/TimeRange.h"

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace timeline {

/// OTIO's Marker.2 on a clip, a track or the timeline. The range is in its owner's time.
struct Marker {
    MarkerId id;
    std::string name;
    std::string color; ///< OTIO's names: "RED", "GREEN", ...
    std::string comment;
    TimeRange markedRange;
    Metadata metadata;
    Origin origin;

    bool operator==(const Marker&) const = default;
};

/// OTIO's Effect.1 and its relatives, kept word for word: nothing of ours is stored as an effect yet.
struct Effect {
    Metadata object; ///< the whole JSON object, with its OTIO_SCHEMA

    bool operator==(const Effect&) const = default;
};

/// Where a clip's picture goes. The picture is first fitted into the frame (whole picture visible, pixels square),
/// then scaled and rotated about its centre, then moved.
struct Transform {
    double x = 0.0;        ///< in frame widths, to the right
    double y = 0.0;        ///< in frame heights, downwards
    double scale = 1.0;    ///< of the fitted size; > 0
    double rotation = 0.0; ///< degrees, clockwise

    bool operator==(const Transform&) const = default;
};

/// What the inspector shows of a clip. Stored in metadata["fantascope"]["properties"], only where not the default.
struct ClipProperties {
    double opacity = 1.0; ///< 0 to 1; on a Style track it is the style's strength
    double gainDb = 0.0;  ///< -96 (silent) to +24
    Transform transform;

    bool operator==(const ClipProperties&) const = default;
};

/// OTIO's Clip.2: a part of a medium on a track. A shot is a clip with a reference under kRecipeKey; the active key is
/// the take that shows. `sourceRange.start` is in the medium's own time, at any rate, counted as its availableRange
/// counts (see fileTime() in Query.h); `sourceRange.duration` is the length on the track, at the timeline's rate, at
/// least one frame.
struct Clip {
    ItemId id;
    std::string name;
    TimeRange sourceRange;
    MediaReferences references;
    std::string activeKey = kDefaultMediaKey;
    bool enabled = true;
    ClipProperties properties;
    std::vector<Effect> effects;
    std::vector<Marker> markers;
    Metadata metadata; ///< everything but what is parsed into the fields above
    Origin origin;

    bool operator==(const Clip&) const = default;
};

/// OTIO's Gap.1: nothing, for a while.
struct Gap {
    ItemId id;
    RationalTime duration; ///< at the timeline's rate, at least one frame
    std::string name;
    std::vector<Effect> effects;
    std::vector<Marker> markers;
    Metadata metadata;
    Origin origin;

    bool operator==(const Gap&) const = default;
};

/// OTIO's Transition.1 between two clips; takes no time on the track. The picture dissolves from `inOffset` before
/// the cut to `outOffset` after it, out of the neighbours' own media beyond their cut points.
struct Transition {
    ItemId id;
    RationalTime inOffset;
    RationalTime outOffset;
    std::string type = "SMPTE_Dissolve";
    std::string name;
    Metadata metadata;
    Origin origin;

    bool operator==(const Transition&) const = default;
};

/// A child of a track that we do not edit inside (a nested Stack or Track, or an unknown schema): it has a length,
/// is moved and trimmed as a whole by nobody, and is written back word for word.
struct ForeignItem {
    ItemId id;
    RationalTime duration; ///< at the timeline's rate; zero for things that overlap, as unknown transitions do
    std::string name;
    Metadata object; ///< the whole JSON object, with its OTIO_SCHEMA

    bool operator==(const ForeignItem&) const = default;
};

using Item = std::variant<Clip, Gap, Transition, ForeignItem>;
using ItemPtr = std::shared_ptr<const Item>; ///< never null inside a track

ItemId itemId(const Item& item);
/// The length on the track; zero for transitions.
RationalTime itemDuration(const Item& item);
const std::string& itemName(const Item& item);

/// The clip inside, or null.
inline const Clip* asClip(const ItemPtr& item) {
    return std::get_if<Clip>(item.get());
}

template <typename T>
ItemPtr makeItem(T item) {
    return std::make_shared<const Item>(std::move(item));
}

} // namespace timeline
