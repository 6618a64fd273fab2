#pragma once

#include "timeline/base/Result.h"

#include <vulkan/vulkan.h>

#include <functional>
#include <memory>
#include <string>

namespace timeline {

struct VulkanOptions {
    /// A part of the device's name; empty: FANTASCOPE_VULKAN_DEVICE from the environment, else the best one.
    std::string deviceName;
    /// Validation layers (also of synchronisation) on when set and installed; called with each of their messages.
    std::function<void(const std::string&)> onValidationMessage;
};

/// A Vulkan 1.1 device with one compute queue, with its instance: a graphics card rather than one built into the
/// processor, that rather than one made of software. Thread: one at a time.
class VulkanDevice {
public:
    /// NoVulkanDevice when there is none, or none of that name.
    static Result<std::shared_ptr<const VulkanDevice>> create(const VulkanOptions& options = {});
    ~VulkanDevice();
    VulkanDevice(const VulkanDevice&) = delete;
    VulkanDevice& operator=(const VulkanDevice&) = delete;

    VkDevice handle() const { return m_device; }
    VkQueue queue() const { return m_queue; }
    std::uint32_t queueFamily() const { return m_queueFamily; }
    const VkPhysicalDeviceLimits& limits() const { return m_properties.limits; }
    std::string name() const { return m_properties.deviceName; }
    /// Made of software: slower than CpuCompositor.
    bool isSoftware() const { return m_properties.deviceType == VK_PHYSICAL_DEVICE_TYPE_CPU; }
    bool isValidated() const { return m_messenger != VK_NULL_HANDLE; }

    /// A memory type out of `allowed` bits that has all `wanted` properties, and `liked` ones if possible; -1: none.
    int memoryType(std::uint32_t allowed, VkMemoryPropertyFlags wanted, VkMemoryPropertyFlags liked) const;

private:
    VulkanDevice() = default;

    Result<void> createInstance(const VulkanOptions& options);
    Result<void> choosePhysicalDevice(const std::string& name);
    Result<void> createDevice();

    std::function<void(const std::string&)> m_onMessage;
    VkInstance m_instance = VK_NULL_HANDLE;
    VkDebugUtilsMessengerEXT m_messenger = VK_NULL_HANDLE;
    VkPhysicalDevice m_physical = VK_NULL_HANDLE;
    VkPhysicalDeviceProperties m_properties{};
    VkPhysicalDeviceMemoryProperties m_memory{};
    VkDevice m_device = VK_NULL_HANDLE;
    VkQueue m_queue = VK_NULL_HANDLE;
    std::uint32_t m_queueFamily = 0;
};

/// OutOfMemory or VulkanFailed, with the call and its result.
Error vulkanError(VkResult result, const char* call);

} // namespace timeline
