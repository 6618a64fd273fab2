#include "ui/monitor/VulkanSupport.h"

#include <QVersionNumber>
#include <QVulkanFunctions>
#include <QWindow>

#include <algorithm>
#include <cstring>
#include <vector>

namespace ui {
namespace {

bool hasSwapChains(QVulkanFunctions& vulkan, VkPhysicalDevice device) {
    std::uint32_t count = 0;
    vulkan.vkEnumerateDeviceExtensionProperties(device, nullptr, &count, nullptr);
    std::vector<VkExtensionProperties> extensions(count);
    vulkan.vkEnumerateDeviceExtensionProperties(device, nullptr, &count, extensions.data());
    return std::ranges::any_of(extensions, [](const VkExtensionProperties& extension) {
        return std::strcmp(extension.extensionName, VK_KHR_SWAPCHAIN_EXTENSION_NAME) == 0;
    });
}

/// Whether a queue of the device draws and one shows in the window; QVulkanWindow takes two when it has to.
bool canShow(QVulkanInstance& instance, VkPhysicalDevice device, QWindow& window) {
    QVulkanFunctions& vulkan = *instance.functions();
    std::uint32_t count = 0;
    vulkan.vkGetPhysicalDeviceQueueFamilyProperties(device, &count, nullptr);
    std::vector<VkQueueFamilyProperties> queues(count);
    vulkan.vkGetPhysicalDeviceQueueFamilyProperties(device, &count, queues.data());
    bool draws = false;
    bool shows = false;
    for (std::uint32_t i = 0; i < count; ++i) {
        draws = draws || (queues[i].queueFlags & VK_QUEUE_GRAPHICS_BIT);
        shows = shows || instance.supportsPresent(device, i, &window);
    }
    return draws && shows && hasSwapChains(vulkan, device);
}

} // namespace

std::optional<int> presentingDevice(QVulkanInstance& instance) {
    QWindow probe; // never shown
    probe.setSurfaceType(QSurface::VulkanSurface);
    probe.setVulkanInstance(&instance);
    probe.create();
    QVulkanFunctions& vulkan = *instance.functions();
    std::uint32_t count = 0;
    vulkan.vkEnumeratePhysicalDevices(instance.vkInstance(), &count, nullptr);
    std::vector<VkPhysicalDevice> devices(count);
    vulkan.vkEnumeratePhysicalDevices(instance.vkInstance(), &count, devices.data());
    const auto found =
        std::ranges::find_if(devices, [&](VkPhysicalDevice device) { return canShow(instance, device, probe); });
    return found == devices.end() ? std::nullopt : std::optional(static_cast<int>(found - devices.begin()));
}

std::unique_ptr<QVulkanInstance> makeVulkanInstance() {
    auto instance = std::make_unique<QVulkanInstance>();
    instance->setApiVersion(QVersionNumber(1, 1));
    if (qEnvironmentVariableIsSet("FANTASCOPE_VULKAN_VALIDATION")) {
        instance->setLayers({QByteArrayLiteral("VK_LAYER_KHRONOS_validation")});
    }
    return instance->create() && presentingDevice(*instance) ? std::move(instance) : nullptr;
}

} // namespace ui
