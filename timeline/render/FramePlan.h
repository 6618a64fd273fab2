#pragma once

#include "timeline/base/Metadata.h"
#include "timeline/model/Item.h"
#include "timeline/model/Timeline.h"

#include <string>
#include <variant>
#include <vector>

namespace timeline {

/// A picture out of a file, at a moment of the file's own time.
struct FileSource {
    std::string url; ///< as the project says it
    RationalTime time;

    bool operator==(const FileSource&) const = default;
};

/// A drawn picture: a title or a colour.
struct GeneratorSource {
    std::string kind;
    Metadata parameters;
    RationalTime time; ///< since the clip's start

    bool operator==(const GeneratorSource&) const = default;
};

/// The newest preview of a shot that is being generated, looped. `fraction` is the position in the shot, 0 <= f < 1.
struct LiveSource {
    ItemId shot;
    double fraction = 0.0;

    bool operator==(const LiveSource&) const = default;
};

/// What cannot be shown, drawn as a slate with its name: media that is missing, or a shot that was not generated yet.
struct OfflineSource {
    std::string name;
    bool isUnmade = false; ///< a shot without a take

    bool operator==(const OfflineSource&) const = default;
};

using LayerSource = std::variant<FileSource, GeneratorSource, LiveSource, OfflineSource>;

/// One picture of the stack. During a dissolve a track has two layers: the outgoing one, then the incoming one with
/// `dissolve` = the incoming share; the pair is mixed (1 - d) : d before it goes over what lies below.
struct FrameLayer {
    ItemId clip;
    LayerSource source;
    Transform transform;
    double opacity = 1.0;
    double dissolve = 0.0;   ///< share of this layer in its pair, 0 to 1
    bool isIncoming = false; ///< second of a pair: mixed with the layer before it

    bool operator==(const FrameLayer&) const = default;
};

/// Everything that is needed to draw one frame: bottom layer first. Comparable; two equal plans draw equal frames
/// as long as the files do not change.
/// Thread: a value.
struct FramePlan {
    int width = 0;
    int height = 0;
    RationalTime time;
    std::vector<FrameLayer> layers;

    bool operator==(const FramePlan&) const = default;
};

} // namespace timeline
