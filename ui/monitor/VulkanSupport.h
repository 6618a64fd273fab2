#pragma once

#include <QVulkanInstance>

#include <memory>

namespace ui {

/// A Vulkan instance for the monitor, or null when there is no Vulkan or no device (then the monitor uses QPainter).
/// With FANTASCOPE_VULKAN_VALIDATION set in the environment the validation layer is on. Outlives every window made with
/// it.
std::unique_ptr<QVulkanInstance> makeVulkanInstance();

} // namespace ui
