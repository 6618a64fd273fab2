#pragma once

#include "ui/monitor/Monitor.h"

#include <QVulkanDeviceFunctions>
#include <QVulkanWindow>

namespace ui {

/// A sampled image and the mapped buffer it is filled from: one for each image of the swap chain, so that none is
/// written while the device reads it. Thread: that of its window.
class FrameTexture {
public:
    FrameTexture(QVulkanWindow& window, QVulkanDeviceFunctions& functions) : m_window(window), m_functions(functions) {}
    ~FrameTexture() { release(); }

    FrameTexture(const FrameTexture&) = delete;
    FrameTexture& operator=(const FrameTexture&) = delete;

    /// Records the upload of `frame` unless it is there already. False: no memory for it, nothing is recorded.
    bool upload(VkCommandBuffer commands, const DisplayImagePtr& frame);
    VkImageView view() const { return m_view; }
    /// Counts up whenever view() becomes another one.
    int generation() const { return m_generation; }

private:
    bool create(int width, int height);
    void release();
    VkDeviceMemory allocate(const VkMemoryRequirements& needs, std::uint32_t preferred, VkMemoryPropertyFlags flags);
    void transition(VkCommandBuffer commands, VkImageLayout from, VkImageLayout to);

    QVulkanWindow& m_window;
    QVulkanDeviceFunctions& m_functions;
    int m_width = 0;
    int m_height = 0;
    int m_generation = 0;
    DisplayImagePtr m_uploaded; ///< held, so that its address cannot come back as another frame
    VkBuffer m_buffer = VK_NULL_HANDLE;
    VkDeviceMemory m_bufferMemory = VK_NULL_HANDLE;
    void* m_mapped = nullptr;
    VkImage m_image = VK_NULL_HANDLE;
    VkDeviceMemory m_imageMemory = VK_NULL_HANDLE;
    VkImageView m_view = VK_NULL_HANDLE;
};

} // namespace ui
