#pragma once

#include "timeline/base/Metadata.h"
#include "timeline/model/Origin.h"
#include "timeline/time/TimeRange.h"

#include <map>
#include <optional>
#include <string>
#include <variant>

namespace timeline {

/// A file: a clip of film, a still, an image sequence ("frames.%04d.png") or sound. OTIO's ExternalReference.1.
/// `url` is what the project says: a path relative to the project file, an absolute path, or a file: URL.
struct ExternalReference {
    std::string url;
    std::optional<TimeRange>
        availableRange; ///< unknown until probed; its start is what the file's first frame is called
    std::string name;
    Metadata metadata;
    Origin origin;

    bool operator==(const ExternalReference&) const = default;
};

/// Pixels that are made, not read. OTIO's GeneratorReference.1. Kinds we know: "recipe" (a shot; see Recipe.h),
/// "prompt", "title" and "color" (see Generators.h).
struct GeneratorReference {
    std::string kind;
    Metadata parameters;
    std::optional<TimeRange> availableRange;
    std::string name;
    Metadata metadata;
    Origin origin;

    bool operator==(const GeneratorReference&) const = default;
};

/// No media: OTIO's MissingReference.1.
struct MissingReference {
    Metadata metadata;
    std::optional<TimeRange> availableRange;
    std::string name;
    Origin origin;

    bool operator==(const MissingReference&) const = default;
};

/// A reference of another program's schema, kept word for word.
struct ForeignReference {
    Metadata object; ///< the whole JSON object, with its OTIO_SCHEMA

    bool operator==(const ForeignReference&) const = default;
};

using MediaReference = std::variant<MissingReference, ExternalReference, GeneratorReference, ForeignReference>;
using MediaReferences = std::map<std::string, MediaReference>;

/// The key OTIO gives to a clip's only reference.
inline constexpr const char* kDefaultMediaKey = "DEFAULT_MEDIA";
/// The key under which a shot keeps its recipe; its takes are "take-1", "take-2", ...
inline constexpr const char* kRecipeKey = "recipe";
/// Where our own data lies in any metadata object.
inline constexpr const char* kOurMetadata = "fantascope";

} // namespace timeline
