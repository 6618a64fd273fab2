#pragma once

#include "timeline/base/Result.h"
#include "timeline/render/vulkan/VulkanDevice.h"
#include "timeline/render/vulkan/VulkanHandle.h"

#include <cstddef>
#include <span>

namespace timeline {

/// Memory that the processor and the device both see, mapped for as long as it lives.
/// Thread: one at a time.
class VulkanBuffer {
public:
    enum class Use { Upload, Readback };

    VulkanBuffer() = default;
    static Result<VulkanBuffer> create(const VulkanDevice& device, VkDeviceSize size, Use use);

    VkBuffer handle() const { return m_buffer.get(); }
    VkDeviceSize size() const { return m_size; }
    std::byte* data() const { return m_data; }

private:
    VulkanMemory m_memory; // destroyed after the buffer
    VulkanBufferHandle m_buffer;
    VkDeviceSize m_size = 0;
    std::byte* m_data = nullptr;
};

/// A two-dimensional image in the device's memory, with a view of all of it.
/// Thread: one at a time.
class VulkanImage {
public:
    VulkanImage() = default;
    /// TooLarge beyond the device's largest image.
    static Result<VulkanImage> create(const VulkanDevice& device, VkExtent2D size, VkFormat format,
                                      VkImageUsageFlags usage);

    VkImage handle() const { return m_image.get(); }
    VkImageView view() const { return m_view.get(); }
    VkExtent2D size() const { return m_size; }
    VkFormat format() const { return m_format; }

private:
    VulkanMemory m_memory;
    VulkanImageHandle m_image;
    VulkanImageView m_view;
    VkExtent2D m_size{};
    VkFormat m_format = VK_FORMAT_UNDEFINED;
};

/// A compute shader with everything that is needed to run it.
/// Thread: one at a time.
struct VulkanProgram {
    VulkanSetLayout setLayout;
    VulkanPipelineLayout layout;
    VulkanPipeline pipeline;

    /// @param bindings  the kind of each binding, numbered from 0
    static Result<VulkanProgram> create(const VulkanDevice& device, std::span<const std::uint32_t> code,
                                        std::span<const VkDescriptorType> bindings, std::uint32_t pushConstantSize);
};

} // namespace timeline
