#pragma once

#include "timeline/base/Metadata.h"
#include "timeline/model/Timeline.h"

#include <optional>

namespace timeline {

/// The format of a timeline object: ours when it has one, otherwise the rate of the first picture (then of the first
/// sound) and the defaults. Nothing when ours is out of range.
std::optional<SequenceFormat> formatOf(const Json& timelineObject);

Json jsonFrom(const SequenceFormat& format);

} // namespace timeline
