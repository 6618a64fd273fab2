#pragma once

#include "ui/monitor/FrameTexture.h"

#include <QVulkanWindow>

#include <array>
#include <memory>

namespace ui {

class VulkanViewer;

/// Draws the viewer's frame: a textured triangle in the letterboxed rectangle over black.
/// Thread: GUI, called by QVulkanWindow.
class FrameRenderer : public QVulkanWindowRenderer {
public:
    explicit FrameRenderer(VulkanViewer& viewer) : m_viewer(viewer) {}

    void initResources() override;
    void releaseResources() override;
    void startNextFrame() override;

private:
    /// What belongs to one frame in flight.
    struct Slot {
        std::unique_ptr<FrameTexture> texture;
        VkDescriptorSet descriptors = VK_NULL_HANDLE;
        int describedGeneration = 0;
    };

    void createDescriptors();
    void createPipeline();
    VkShaderModule createShader(const std::uint32_t* code, std::size_t bytes);
    void describe(Slot& slot);
    void draw(VkCommandBuffer commands, const Slot& slot);

    VulkanViewer& m_viewer;
    QVulkanDeviceFunctions* m_functions = nullptr;
    std::array<Slot, QVulkanWindow::MAX_CONCURRENT_FRAME_COUNT> m_slots;
    VkSampler m_sampler = VK_NULL_HANDLE;
    VkDescriptorSetLayout m_setLayout = VK_NULL_HANDLE;
    VkDescriptorPool m_pool = VK_NULL_HANDLE;
    VkPipelineLayout m_pipelineLayout = VK_NULL_HANDLE;
    VkPipeline m_pipeline = VK_NULL_HANDLE;
};

} // namespace ui
