#include "timeline/render/TransferTable.h"
#include "timeline/render/vulkan/VulkanFrame.h"

#include <array>
#include <cstring>
#include <utility>

namespace timeline {

namespace {

constexpr std::uint32_t kConvertCode[] =
#include "convert.comp.inc"
    ;
constexpr std::uint32_t kLayerCode[] =
#include "layer.comp.inc"
    ;

constexpr VkDescriptorType kBuffer = VK_DESCRIPTOR_TYPE_STORAGE_BUFFER;
constexpr VkDescriptorType kSampled = VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER;
constexpr VkDescriptorType kStored = VK_DESCRIPTOR_TYPE_STORAGE_IMAGE;

Result<void> makePrograms(VulkanWorkshop& workshop) {
    static constexpr std::array convert{kBuffer, kBuffer, kSampled, kSampled, kSampled, kSampled, kStored};
    static constexpr std::array layer{kBuffer, kBuffer, kBuffer, kSampled, kStored, kStored};
    Result<VulkanProgram> first = VulkanProgram::create(*workshop.device, kConvertCode, convert, 0);
    if (!first) {
        return first.error();
    }
    Result<VulkanProgram> second = VulkanProgram::create(*workshop.device, kLayerCode, layer, kLayerStepSize);
    if (!second) {
        return second.error();
    }
    workshop.convert = std::move(*first);
    workshop.layer = std::move(*second);
    return {};
}

Result<void> makeSampler(VulkanWorkshop& workshop) {
    VkSamplerCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_SAMPLER_CREATE_INFO;
    info.addressModeU = VK_SAMPLER_ADDRESS_MODE_CLAMP_TO_EDGE;
    info.addressModeV = VK_SAMPLER_ADDRESS_MODE_CLAMP_TO_EDGE;
    VkSampler sampler = VK_NULL_HANDLE;
    if (const VkResult result = vkCreateSampler(workshop.device->handle(), &info, nullptr, &sampler);
        result != VK_SUCCESS) {
        return vulkanError(result, "vkCreateSampler");
    }
    workshop.sampler = VulkanSampler(workshop.device->handle(), sampler);
    return {};
}

Result<void> uploadTransferTables(VulkanWorkshop& workshop) {
    Result<VulkanBuffer> buffer =
        VulkanBuffer::create(*workshop.device, kTransferTableStride * kTransferCount, VulkanBuffer::Use::Upload);
    if (!buffer) {
        return buffer.error();
    }
    for (std::size_t i = 0; i < kTransferCount; ++i) {
        const std::vector<float>& table = transferTable(static_cast<Transfer>(i));
        std::memcpy(buffer->data() + i * kTransferTableStride, table.data(), table.size() * sizeof(float));
    }
    workshop.transferTables = std::move(*buffer);
    return {};
}

Result<void> makeCommands(VulkanWorkshop& workshop) {
    const VkDevice device = workshop.device->handle();
    VkCommandPoolCreateInfo poolInfo{};
    poolInfo.sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO;
    poolInfo.flags = VK_COMMAND_POOL_CREATE_RESET_COMMAND_BUFFER_BIT;
    poolInfo.queueFamilyIndex = workshop.device->queueFamily();
    VkCommandPool pool = VK_NULL_HANDLE;
    if (const VkResult result = vkCreateCommandPool(device, &poolInfo, nullptr, &pool); result != VK_SUCCESS) {
        return vulkanError(result, "vkCreateCommandPool");
    }
    workshop.commandPool = VulkanCommandPool(device, pool);
    VkCommandBufferAllocateInfo bufferInfo{};
    bufferInfo.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO;
    bufferInfo.commandPool = pool;
    bufferInfo.level = VK_COMMAND_BUFFER_LEVEL_PRIMARY;
    bufferInfo.commandBufferCount = 1;
    if (const VkResult result = vkAllocateCommandBuffers(device, &bufferInfo, &workshop.commands);
        result != VK_SUCCESS) {
        return vulkanError(result, "vkAllocateCommandBuffers");
    }
    VkFenceCreateInfo fenceInfo{};
    fenceInfo.sType = VK_STRUCTURE_TYPE_FENCE_CREATE_INFO;
    VkFence fence = VK_NULL_HANDLE;
    if (const VkResult result = vkCreateFence(device, &fenceInfo, nullptr, &fence); result != VK_SUCCESS) {
        return vulkanError(result, "vkCreateFence");
    }
    workshop.fence = VulkanFence(device, fence);
    return {};
}

Result<void> makeNothing(VulkanWorkshop& workshop) {
    Result<VulkanImage> image = VulkanImage::create(*workshop.device, {1, 1}, VK_FORMAT_R32G32B32A32_SFLOAT,
                                                    VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_STORAGE_BIT);
    if (!image) {
        return image.error();
    }
    workshop.nothing = std::move(*image);
    return {};
}

} // namespace

Result<std::unique_ptr<VulkanWorkshop>> VulkanWorkshop::create(std::shared_ptr<const VulkanDevice> device) {
    auto workshop = std::make_unique<VulkanWorkshop>();
    workshop->device = std::move(device);
    for (const auto make : {makePrograms, makeSampler, uploadTransferTables, makeCommands, makeNothing}) {
        if (Result<void> made = make(*workshop); !made) {
            return made.error();
        }
    }
    return workshop;
}

} // namespace timeline
