#pragma once

#include "timeline/render/vulkan/VulkanResources.h"

#include <array>
#include <cstddef>

namespace timeline {

/// A part of the upload buffer, or of another one.
struct VulkanBufferPart {
    VkBuffer buffer;
    VkDeviceSize offset;
    VkDeviceSize size;
};

/// Collects what a descriptor set refers to, binding by binding, and writes it.
/// Thread: one.
class VulkanSetWriter {
public:
    VulkanSetWriter(VkDescriptorSet set, VkSampler sampler) : m_set(set), m_sampler(sampler) {}

    void buffer(const VulkanBufferPart& part) {
        m_buffers[m_count] = {part.buffer, part.offset, part.size};
        add(VK_DESCRIPTOR_TYPE_STORAGE_BUFFER).pBufferInfo = &m_buffers[m_count];
        ++m_count;
    }
    void sampled(const VulkanImage& image) { addImage(VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, image); }
    void stored(const VulkanImage& image) { addImage(VK_DESCRIPTOR_TYPE_STORAGE_IMAGE, image); }

    void write(VkDevice device) {
        vkUpdateDescriptorSets(device, static_cast<std::uint32_t>(m_count), m_writes.data(), 0, nullptr);
    }

private:
    void addImage(VkDescriptorType type, const VulkanImage& image) {
        m_images[m_count] = {m_sampler, image.view(), VK_IMAGE_LAYOUT_GENERAL};
        add(type).pImageInfo = &m_images[m_count];
        ++m_count;
    }
    VkWriteDescriptorSet& add(VkDescriptorType type) {
        VkWriteDescriptorSet& write = m_writes[m_count];
        write.sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET;
        write.dstSet = m_set;
        write.dstBinding = static_cast<std::uint32_t>(m_count);
        write.descriptorCount = 1;
        write.descriptorType = type;
        return write;
    }

    static constexpr std::size_t kMost = 8;
    VkDescriptorSet m_set;
    VkSampler m_sampler;
    std::size_t m_count = 0;
    std::array<VkWriteDescriptorSet, kMost> m_writes{};
    std::array<VkDescriptorBufferInfo, kMost> m_buffers{};
    std::array<VkDescriptorImageInfo, kMost> m_images{};
};

} // namespace timeline
