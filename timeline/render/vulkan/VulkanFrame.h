#pragma once

#include "timeline/render/Conversion.h"
#include "timeline/render/FrameImage.h"
#include "timeline/render/LayerPlacement.h"
#include "timeline/render/vulkan/VulkanResources.h"

#include <memory>
#include <vector>

namespace timeline {

/// Where each transfer's table lies in VulkanWorkshop::transferTables.
inline constexpr std::size_t kTransferCount = 6;
inline constexpr std::size_t kTransferTableStride = 65792; // 16385 floats, rounded up to what every device can bind

/// layer.comp's push constants.
struct VulkanLayerStep {
    std::int32_t left = 0;
    std::int32_t top = 0;
    std::int32_t inPair = 0;
    std::int32_t startsPair = 0;
    std::int32_t endsPair = 0;
    std::int32_t hasPicture = 0;
};
inline constexpr std::uint32_t kLayerStepSize = sizeof(VulkanLayerStep);

/// A picture in linear light on the device; kept while frame after frame shows it, and its memory then reused.
struct VulkanPicture {
    PicturePtr picture; ///< null: free
    VulkanImage image;
    bool isUsed = false; ///< by the frame that is being drawn
};

struct VulkanPlane {
    VulkanImage image;
    bool isUsed = false;
};

/// What lives from frame to frame on one device.
/// Thread: one at a time.
struct VulkanWorkshop {
    static Result<std::unique_ptr<VulkanWorkshop>> create(std::shared_ptr<const VulkanDevice> device);

    std::shared_ptr<const VulkanDevice> device; // first: destroyed last
    VulkanProgram convert;
    VulkanProgram layer;
    VulkanSampler sampler;
    VulkanBuffer transferTables;
    VulkanImage nothing; ///< one pixel, bound where a shader does not look
    VulkanCommandPool commandPool;
    VkCommandBuffer commands = VK_NULL_HANDLE; // of the pool
    VulkanFence fence;
    VulkanDescriptorPool descriptorPool;
    std::uint32_t descriptorSets = 0; ///< room in the pool
    VulkanBuffer upload;
    VulkanBuffer readback;
    VulkanImage frame;
    VulkanImage pair;
    std::vector<VulkanPicture> pictures;
    std::vector<VulkanPlane> planes;
};

/// Draws the placed layers over nothing.
Result<FrameImagePtr> drawFrame(VulkanWorkshop& workshop, const std::vector<LayerPlacement>& layers, FrameSize size);

} // namespace timeline
