#pragma once

#include <vulkan/vulkan.h>

#include <utility>

namespace timeline {

/// Owns one object of a VkDevice and destroys it with `destroy` (vkDestroyBuffer, vkFreeMemory, ...). The device
/// outlives it. Thread: a value, moved only.
template <typename Handle, auto destroy>
class VulkanHandle {
public:
    VulkanHandle() = default;
    VulkanHandle(VkDevice device, Handle handle) : m_device(device), m_handle(handle) {}
    VulkanHandle(VulkanHandle&& other) noexcept
        : m_device(other.m_device), m_handle(std::exchange(other.m_handle, Handle{})) {}
    VulkanHandle& operator=(VulkanHandle&& other) noexcept {
        std::swap(m_device, other.m_device);
        std::swap(m_handle, other.m_handle);
        return *this;
    }
    ~VulkanHandle() {
        if (m_handle) {
            destroy(m_device, m_handle, nullptr);
        }
    }

    Handle get() const { return m_handle; }
    explicit operator bool() const { return static_cast<bool>(m_handle); }

private:
    VkDevice m_device = VK_NULL_HANDLE;
    Handle m_handle{};
};

using VulkanBufferHandle = VulkanHandle<VkBuffer, vkDestroyBuffer>;
using VulkanImageHandle = VulkanHandle<VkImage, vkDestroyImage>;
using VulkanImageView = VulkanHandle<VkImageView, vkDestroyImageView>;
using VulkanMemory = VulkanHandle<VkDeviceMemory, vkFreeMemory>;
using VulkanSampler = VulkanHandle<VkSampler, vkDestroySampler>;
using VulkanShader = VulkanHandle<VkShaderModule, vkDestroyShaderModule>;
using VulkanPipeline = VulkanHandle<VkPipeline, vkDestroyPipeline>;
using VulkanPipelineLayout = VulkanHandle<VkPipelineLayout, vkDestroyPipelineLayout>;
using VulkanSetLayout = VulkanHandle<VkDescriptorSetLayout, vkDestroyDescriptorSetLayout>;
using VulkanDescriptorPool = VulkanHandle<VkDescriptorPool, vkDestroyDescriptorPool>;
using VulkanCommandPool = VulkanHandle<VkCommandPool, vkDestroyCommandPool>;
using VulkanFence = VulkanHandle<VkFence, vkDestroyFence>;

} // namespace timeline
