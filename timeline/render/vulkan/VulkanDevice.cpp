#include "timeline/render/vulkan/VulkanDevice.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

namespace timeline {

namespace {

constexpr const char* kValidationLayer = "VK_LAYER_KHRONOS_validation";

VKAPI_ATTR VkBool32 VKAPI_CALL reportMessage(VkDebugUtilsMessageSeverityFlagBitsEXT, VkDebugUtilsMessageTypeFlagsEXT,
                                             const VkDebugUtilsMessengerCallbackDataEXT* data, void* user) {
    (*static_cast<const std::function<void(const std::string&)>*>(user))(data->pMessage);
    return VK_FALSE;
}

VkDebugUtilsMessengerCreateInfoEXT messengerInfo(std::function<void(const std::string&)>& onMessage) {
    VkDebugUtilsMessengerCreateInfoEXT info{};
    info.sType = VK_STRUCTURE_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT;
    info.messageSeverity =
        VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT | VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT;
    info.messageType = VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT;
    info.pfnUserCallback = reportMessage;
    info.pUserData = &onMessage;
    return info;
}

bool hasValidationLayer() {
    std::uint32_t count = 0;
    vkEnumerateInstanceLayerProperties(&count, nullptr);
    std::vector<VkLayerProperties> layers(count);
    vkEnumerateInstanceLayerProperties(&count, layers.data());
    return std::any_of(layers.begin(), layers.end(), [](const VkLayerProperties& layer) {
        return std::strcmp(layer.layerName, kValidationLayer) == 0;
    });
}

std::optional<std::uint32_t> computeQueueFamily(VkPhysicalDevice device) {
    std::uint32_t count = 0;
    vkGetPhysicalDeviceQueueFamilyProperties(device, &count, nullptr);
    std::vector<VkQueueFamilyProperties> families(count);
    vkGetPhysicalDeviceQueueFamilyProperties(device, &count, families.data());
    for (std::uint32_t i = 0; i < count; ++i) {
        if ((families[i].queueFlags & VK_QUEUE_COMPUTE_BIT) != 0) {
            return i;
        }
    }
    return std::nullopt;
}

int rank(VkPhysicalDeviceType type) {
    switch (type) {
    case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU:
        return 4;
    case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU:
        return 3;
    case VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU:
        return 2;
    case VK_PHYSICAL_DEVICE_TYPE_CPU:
        return 1;
    default:
        return 0;
    }
}

std::string requestedName(const VulkanOptions& options) {
    if (!options.deviceName.empty()) {
        return options.deviceName;
    }
    const char* name = std::getenv("FANTASCOPE_VULKAN_DEVICE");
    return name ? name : "";
}

} // namespace

Error vulkanError(VkResult result, const char* call) {
    const bool memory = result == VK_ERROR_OUT_OF_HOST_MEMORY || result == VK_ERROR_OUT_OF_DEVICE_MEMORY;
    return {memory ? ErrorCode::OutOfMemory : ErrorCode::VulkanFailed,
            {},
            std::string(call) + ": " + std::to_string(static_cast<int>(result))};
}

Result<std::shared_ptr<const VulkanDevice>> VulkanDevice::create(const VulkanOptions& options) {
    std::shared_ptr<VulkanDevice> device(new VulkanDevice);
    if (Result<void> made = device->createInstance(options); !made) {
        return made.error();
    }
    if (Result<void> made = device->choosePhysicalDevice(requestedName(options)); !made) {
        return made.error();
    }
    if (Result<void> made = device->createDevice(); !made) {
        return made.error();
    }
    return std::shared_ptr<const VulkanDevice>(std::move(device));
}

VulkanDevice::~VulkanDevice() {
    if (m_device) {
        vkDestroyDevice(m_device, nullptr);
    }
    if (m_messenger) {
        const auto destroy = reinterpret_cast<PFN_vkDestroyDebugUtilsMessengerEXT>(
            vkGetInstanceProcAddr(m_instance, "vkDestroyDebugUtilsMessengerEXT"));
        destroy(m_instance, m_messenger, nullptr);
    }
    if (m_instance) {
        vkDestroyInstance(m_instance, nullptr);
    }
}

Result<void> VulkanDevice::createInstance(const VulkanOptions& options) {
    m_onMessage = options.onValidationMessage;
    VkApplicationInfo application{};
    application.sType = VK_STRUCTURE_TYPE_APPLICATION_INFO;
    application.pApplicationName = "fantascope";
    application.apiVersion = VK_API_VERSION_1_1;
    VkInstanceCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO;
    info.pApplicationInfo = &application;

    const bool validate = m_onMessage && hasValidationLayer();
    const std::array<const char*, 2> extensions{VK_EXT_DEBUG_UTILS_EXTENSION_NAME,
                                                VK_EXT_VALIDATION_FEATURES_EXTENSION_NAME};
    const VkValidationFeatureEnableEXT synchronization = VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT;
    VkValidationFeaturesEXT features{};
    features.sType = VK_STRUCTURE_TYPE_VALIDATION_FEATURES_EXT;
    features.enabledValidationFeatureCount = 1;
    features.pEnabledValidationFeatures = &synchronization;
    VkDebugUtilsMessengerCreateInfoEXT messenger = messengerInfo(m_onMessage);
    messenger.pNext = &features;
    if (validate) {
        info.pNext = &messenger;
        info.enabledLayerCount = 1;
        info.ppEnabledLayerNames = &kValidationLayer;
        info.enabledExtensionCount = static_cast<std::uint32_t>(extensions.size());
        info.ppEnabledExtensionNames = extensions.data();
    }
    if (const VkResult result = vkCreateInstance(&info, nullptr, &m_instance); result != VK_SUCCESS) {
        m_instance = VK_NULL_HANDLE;
        return Error{ErrorCode::NoVulkanDevice, {}, vulkanError(result, "vkCreateInstance").detail};
    }
    if (validate) {
        messenger.pNext = nullptr;
        const auto create = reinterpret_cast<PFN_vkCreateDebugUtilsMessengerEXT>(
            vkGetInstanceProcAddr(m_instance, "vkCreateDebugUtilsMessengerEXT"));
        if (!create || create(m_instance, &messenger, nullptr, &m_messenger) != VK_SUCCESS) {
            m_messenger = VK_NULL_HANDLE;
        }
    }
    return {};
}

Result<void> VulkanDevice::choosePhysicalDevice(const std::string& name) {
    std::uint32_t count = 0;
    vkEnumeratePhysicalDevices(m_instance, &count, nullptr);
    std::vector<VkPhysicalDevice> devices(count);
    if (const VkResult result = vkEnumeratePhysicalDevices(m_instance, &count, devices.data()); result < VK_SUCCESS) {
        return Error{ErrorCode::NoVulkanDevice, name, vulkanError(result, "vkEnumeratePhysicalDevices").detail};
    }
    devices.resize(count);
    int best = -1;
    for (const VkPhysicalDevice device : devices) {
        VkPhysicalDeviceProperties properties{};
        vkGetPhysicalDeviceProperties(device, &properties);
        const std::optional<std::uint32_t> family = computeQueueFamily(device);
        const bool isNamed = name.empty() || std::string(properties.deviceName).find(name) != std::string::npos;
        if (family && isNamed && properties.apiVersion >= VK_API_VERSION_1_1 && rank(properties.deviceType) > best) {
            best = rank(properties.deviceType);
            m_physical = device;
            m_properties = properties;
            m_queueFamily = *family;
        }
    }
    if (!m_physical) {
        return Error{ErrorCode::NoVulkanDevice, name, std::to_string(count) + " devices"};
    }
    vkGetPhysicalDeviceMemoryProperties(m_physical, &m_memory);
    return {};
}

Result<void> VulkanDevice::createDevice() {
    const float priority = 1.0F;
    VkDeviceQueueCreateInfo queue{};
    queue.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO;
    queue.queueFamilyIndex = m_queueFamily;
    queue.queueCount = 1;
    queue.pQueuePriorities = &priority;
    VkDeviceCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO;
    info.queueCreateInfoCount = 1;
    info.pQueueCreateInfos = &queue;
    if (const VkResult result = vkCreateDevice(m_physical, &info, nullptr, &m_device); result != VK_SUCCESS) {
        m_device = VK_NULL_HANDLE;
        return Error{ErrorCode::NoVulkanDevice, name(), vulkanError(result, "vkCreateDevice").detail};
    }
    vkGetDeviceQueue(m_device, m_queueFamily, 0, &m_queue);
    return {};
}

int VulkanDevice::memoryType(std::uint32_t allowed, VkMemoryPropertyFlags wanted, VkMemoryPropertyFlags liked) const {
    for (const VkMemoryPropertyFlags flags : {wanted | liked, wanted}) {
        for (std::uint32_t i = 0; i < m_memory.memoryTypeCount; ++i) {
            if ((allowed >> i & 1U) != 0 && (m_memory.memoryTypes[i].propertyFlags & flags) == flags) {
                return static_cast<int>(i);
            }
        }
    }
    return -1;
}

} // namespace timeline
