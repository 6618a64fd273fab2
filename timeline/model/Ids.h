#pragma once

#include "timeline/base/Id.h"

namespace timeline {

using TrackId = Id<struct TrackTag>;
using ItemId = Id<struct ItemTag>; ///< a clip, gap, transition or foreign item
using MarkerId = Id<struct MarkerTag>;

} // namespace timeline
