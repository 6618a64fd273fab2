#pragma once

#include "timeline/base/Result.h"
#include "timeline/render/FramePlan.h"
#include "timeline/render/LayerGeometry.h"

#include <span>
#include <vector>

namespace timeline {

/// A layer ready to be drawn: where its picture lies, and with which weight (opacity, times its share in a dissolve).
/// Thread: a value.
struct LayerPlacement {
    PicturePtr picture; ///< null: nothing to see; kept only inside a pair
    LayerGeometry geometry;
    bool isOutgoing = false; ///< summed with the layer after it before the sum goes over what lies below
    bool isIncoming = false; ///< summed with the layer before it
};

/// The largest frame that can be drawn, in each direction.
inline constexpr int kMaxFrameSize = 16384;

/// The visible layers of a plan, bottom first. InvalidArgument when the plan has no size or the pictures are not one
/// for each layer, TooLarge beyond kMaxFrameSize.
Result<std::vector<LayerPlacement>> placeLayers(const FramePlan& plan, std::span<const PicturePtr> pictures);

} // namespace timeline
