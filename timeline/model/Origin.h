#pragma once

#include "timeline/base/Metadata.h"
#include "timeline/time/TimeRange.h"

namespace timeline {

/// What the project file said of a thing that is not written the way we write it: the writer starts from this object
/// and replaces only what has been edited since, so that other programs' files come back word for word. Empty for
/// everything that was made here, and for what a file of ours says. Only io/ looks inside; edits carry it along.
/// Thread: a value.
struct Origin {
    Metadata object; ///< the JSON object, without its children
    TimeRange range; ///< the source range (clip) or length (gap) that the reader made of it

    bool operator==(const Origin&) const = default;
};

} // namespace timeline
