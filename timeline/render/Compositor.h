#pragma once

#include "timeline/base/Result.h"
#include "timeline/media/Picture.h"
#include "timeline/render/FrameImage.h"
#include "timeline/render/FramePlan.h"

#include <span>
#include <string>

namespace timeline {

/// Draws a plan. Implementations agree within 1/255 of the displayed value; each gives the same bytes every time.
/// Thread: one thread at a time.
class Compositor {
public:
    virtual ~Compositor() = default;

    /// @param pictures  one for each layer of the plan, in order; null: the layer is left out
    /// @return the frame, plan.width x plan.height; or VulkanFailed, OutOfMemory, UnsupportedPixelFormat
    virtual Result<FrameImagePtr> compose(const FramePlan& plan, std::span<const PicturePtr> pictures) = 0;

    virtual std::string name() const = 0; ///< "cpu", or the Vulkan device's name
};

} // namespace timeline
