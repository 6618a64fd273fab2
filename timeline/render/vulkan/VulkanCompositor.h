#pragma once

#include "timeline/render/Compositor.h"
#include "timeline/render/vulkan/VulkanDevice.h"

#include <memory>

namespace timeline {

struct VulkanWorkshop;

/// Draws plans on a Vulkan device: planes go up as they are, two compute shaders convert and draw them in float32, the
/// frame comes back. Same numbers as CpuCompositor, same bytes every time on one device. Thread: one at a time. After
/// VulkanFailed (a lost or hung device) it stays failed; make a new one.
class VulkanCompositor final : public Compositor {
public:
    static Result<std::unique_ptr<VulkanCompositor>> create(std::shared_ptr<const VulkanDevice> device);
    ~VulkanCompositor() override;

    /// TooLarge too, for frames and pictures beyond the device's largest image.
    Result<FrameImagePtr> compose(const FramePlan& plan, std::span<const PicturePtr> pictures) override;
    std::string name() const override;

private:
    explicit VulkanCompositor(std::unique_ptr<VulkanWorkshop> workshop);

    std::unique_ptr<VulkanWorkshop> m_workshop;
    bool m_hasFailed = false;
};

} // namespace timeline
