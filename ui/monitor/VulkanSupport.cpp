#include "ui/monitor/VulkanSupport.h"

#include <QVersionNumber>
#include <QVulkanFunctions>

namespace ui {

std::unique_ptr<QVulkanInstance> makeVulkanInstance() {
    auto instance = std::make_unique<QVulkanInstance>();
    instance->setApiVersion(QVersionNumber(1, 1));
    if (qEnvironmentVariableIsSet("FANTASCOPE_VULKAN_VALIDATION")) {
        instance->setLayers({QByteArrayLiteral("VK_LAYER_KHRONOS_validation")});
    }
    if (!instance->create()) {
        return nullptr;
    }
    std::uint32_t devices = 0;
    instance->functions()->vkEnumeratePhysicalDevices(instance->vkInstance(), &devices, nullptr);
    return devices > 0 ? std::move(instance) : nullptr;
}

} // namespace ui
