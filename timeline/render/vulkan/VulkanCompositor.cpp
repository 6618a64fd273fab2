#include "timeline/render/vulkan/VulkanCompositor.h"

#include "timeline/render/vulkan/VulkanFrame.h"

#include <utility>

namespace timeline {

Result<std::unique_ptr<VulkanCompositor>> VulkanCompositor::create(std::shared_ptr<const VulkanDevice> device) {
    Result<std::unique_ptr<VulkanWorkshop>> workshop = VulkanWorkshop::create(std::move(device));
    if (!workshop) {
        return workshop.error();
    }
    return std::unique_ptr<VulkanCompositor>(new VulkanCompositor(std::move(*workshop)));
}

VulkanCompositor::VulkanCompositor(std::unique_ptr<VulkanWorkshop> workshop) : m_workshop(std::move(workshop)) {}

VulkanCompositor::~VulkanCompositor() {
    vkDeviceWaitIdle(m_workshop->device->handle()); // returns at once unless a frame was given up
}

Result<FrameImagePtr> VulkanCompositor::compose(const FramePlan& plan, std::span<const PicturePtr> pictures) {
    if (m_hasFailed) {
        return Error{ErrorCode::VulkanFailed, name(), "failed before"};
    }
    const Result<std::vector<LayerPlacement>> layers = placeLayers(plan, pictures);
    if (!layers) {
        return layers.error();
    }
    Result<FrameImagePtr> frame = drawFrame(*m_workshop, *layers, {plan.width, plan.height});
    m_hasFailed = !frame && frame.error().code == ErrorCode::VulkanFailed;
    return frame;
}

std::string VulkanCompositor::name() const {
    return m_workshop->device->name();
}

} // namespace timeline
