#pragma once

#include <QVulkanInstance>

#include <memory>
#include <optional>

namespace ui {

/// A Vulkan instance for the monitor, or null when there is no Vulkan or no device that can show pictures in a window
/// (then the monitor uses QPainter).
/// With FANTASCOPE_VULKAN_VALIDATION set in the environment the validation layer is on. Outlives every window made with
/// it.
std::unique_ptr<QVulkanInstance> makeVulkanInstance();

/// The first device that can show pictures in a window: its place among the instance's devices.
std::optional<int> presentingDevice(QVulkanInstance& instance);

} // namespace ui
