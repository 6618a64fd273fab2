#include "ui/monitor/FrameTexture.h"

#include <QVulkanFunctions>
#include <QVulkanInstance>

#include <cstring>

namespace ui {
namespace {

constexpr VkFormat kFormat = VK_FORMAT_R8G8B8A8_UNORM;

} // namespace

VkDeviceMemory FrameTexture::allocate(const VkMemoryRequirements& needs, std::uint32_t preferred,
                                      VkMemoryPropertyFlags flags) {
    std::uint32_t type = preferred;
    if (!(needs.memoryTypeBits & (1U << type))) {
        VkPhysicalDeviceMemoryProperties properties;
        m_window.vulkanInstance()->functions()->vkGetPhysicalDeviceMemoryProperties(m_window.physicalDevice(),
                                                                                    &properties);
        for (type = 0; type < properties.memoryTypeCount; ++type) {
            if ((needs.memoryTypeBits & (1U << type)) &&
                (properties.memoryTypes[type].propertyFlags & flags) == flags) {
                break;
            }
        }
    }
    VkMemoryAllocateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO;
    info.allocationSize = needs.size;
    info.memoryTypeIndex = type;
    VkDeviceMemory memory = VK_NULL_HANDLE;
    return m_functions.vkAllocateMemory(m_window.device(), &info, nullptr, &memory) == VK_SUCCESS ? memory
                                                                                                  : VK_NULL_HANDLE;
}

bool FrameTexture::create(int width, int height) {
    const VkDevice device = m_window.device();
    VkBufferCreateInfo buffer{};
    buffer.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO;
    buffer.size = static_cast<VkDeviceSize>(width) * static_cast<VkDeviceSize>(height) * 4;
    buffer.usage = VK_BUFFER_USAGE_TRANSFER_SRC_BIT;
    VkMemoryRequirements needs;
    if (m_functions.vkCreateBuffer(device, &buffer, nullptr, &m_buffer) != VK_SUCCESS) {
        return false;
    }
    m_functions.vkGetBufferMemoryRequirements(device, m_buffer, &needs);
    m_bufferMemory = allocate(needs, m_window.hostVisibleMemoryIndex(),
                              VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT);
    if (!m_bufferMemory || m_functions.vkBindBufferMemory(device, m_buffer, m_bufferMemory, 0) != VK_SUCCESS ||
        m_functions.vkMapMemory(device, m_bufferMemory, 0, VK_WHOLE_SIZE, 0, &m_mapped) != VK_SUCCESS) {
        return false;
    }

    VkImageCreateInfo image{};
    image.sType = VK_STRUCTURE_TYPE_IMAGE_CREATE_INFO;
    image.imageType = VK_IMAGE_TYPE_2D;
    image.format = kFormat;
    image.extent = {static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), 1};
    image.mipLevels = 1;
    image.arrayLayers = 1;
    image.samples = VK_SAMPLE_COUNT_1_BIT;
    image.usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
    if (m_functions.vkCreateImage(device, &image, nullptr, &m_image) != VK_SUCCESS) {
        return false;
    }
    m_functions.vkGetImageMemoryRequirements(device, m_image, &needs);
    m_imageMemory = allocate(needs, m_window.deviceLocalMemoryIndex(), 0);
    if (!m_imageMemory || m_functions.vkBindImageMemory(device, m_image, m_imageMemory, 0) != VK_SUCCESS) {
        return false;
    }
    VkImageViewCreateInfo view{};
    view.sType = VK_STRUCTURE_TYPE_IMAGE_VIEW_CREATE_INFO;
    view.image = m_image;
    view.viewType = VK_IMAGE_VIEW_TYPE_2D;
    view.format = kFormat;
    view.subresourceRange = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 1, 0, 1};
    if (m_functions.vkCreateImageView(device, &view, nullptr, &m_view) != VK_SUCCESS) {
        return false;
    }
    m_width = width;
    m_height = height;
    ++m_generation;
    return true;
}

void FrameTexture::release() {
    const VkDevice device = m_window.device();
    m_functions.vkDestroyImageView(device, m_view, nullptr);
    m_functions.vkDestroyImage(device, m_image, nullptr);
    m_functions.vkFreeMemory(device, m_imageMemory, nullptr);
    m_functions.vkDestroyBuffer(device, m_buffer, nullptr);
    m_functions.vkFreeMemory(device, m_bufferMemory, nullptr);
    m_view = VK_NULL_HANDLE;
    m_image = VK_NULL_HANDLE;
    m_imageMemory = VK_NULL_HANDLE;
    m_buffer = VK_NULL_HANDLE;
    m_bufferMemory = VK_NULL_HANDLE;
    m_mapped = nullptr;
    m_width = m_height = 0;
    m_uploaded.reset();
}

void FrameTexture::transition(VkCommandBuffer commands, VkImageLayout from, VkImageLayout to) {
    const bool isForCopy = to == VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL;
    VkImageMemoryBarrier barrier{};
    barrier.sType = VK_STRUCTURE_TYPE_IMAGE_MEMORY_BARRIER;
    barrier.srcAccessMask = isForCopy ? 0 : VK_ACCESS_TRANSFER_WRITE_BIT;
    barrier.dstAccessMask = isForCopy ? VK_ACCESS_TRANSFER_WRITE_BIT : VK_ACCESS_SHADER_READ_BIT;
    barrier.oldLayout = from;
    barrier.newLayout = to;
    barrier.srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
    barrier.dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
    barrier.image = m_image;
    barrier.subresourceRange = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 1, 0, 1};
    m_functions.vkCmdPipelineBarrier(commands,
                                     isForCopy ? VK_PIPELINE_STAGE_TOP_OF_PIPE_BIT : VK_PIPELINE_STAGE_TRANSFER_BIT,
                                     isForCopy ? VK_PIPELINE_STAGE_TRANSFER_BIT : VK_PIPELINE_STAGE_FRAGMENT_SHADER_BIT,
                                     0, 0, nullptr, 0, nullptr, 1, &barrier);
}

bool FrameTexture::upload(VkCommandBuffer commands, const DisplayImagePtr& frame) {
    if (frame == m_uploaded) {
        return true;
    }
    if (frame->width != m_width || frame->height != m_height) {
        release();
        if (!create(frame->width, frame->height)) {
            release();
            return false;
        }
    }
    std::memcpy(m_mapped, frame->pixels.data(), frame->pixels.size());
    transition(commands, VK_IMAGE_LAYOUT_UNDEFINED, VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL);
    VkBufferImageCopy region{};
    region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
    region.imageExtent = {static_cast<std::uint32_t>(m_width), static_cast<std::uint32_t>(m_height), 1};
    m_functions.vkCmdCopyBufferToImage(commands, m_buffer, m_image, VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, 1, &region);
    transition(commands, VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL);
    m_uploaded = frame;
    return true;
}

} // namespace ui
