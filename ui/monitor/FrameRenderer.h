#pragma once

#include "ui/monitor/FrameTexture.h"

#include <QVulkanWindow>

#include <memory>
#include <vector>

namespace ui {

class VulkanViewer;

/// Draws the viewer's frame: a textured triangle in the letterboxed rectangle over black.
/// Thread: GUI, called by QVulkanWindow.
class FrameRenderer : public QVulkanWindowRenderer {
public:
    explicit FrameRenderer(VulkanViewer& viewer) : m_viewer(viewer) {}

    void initResources() override;
    void initSwapChainResources() override;
    void releaseResources() override;
    void startNextFrame() override;

private:
    /// What belongs to one image of the swap chain: QVulkanWindow waits for the last drawing of an image before it
    /// hands the image out again, and for nothing else.
    struct Slot {
        std::unique_ptr<FrameTexture> texture;
        VkDescriptorSet descriptors = VK_NULL_HANDLE;
        int describedGeneration = 0;
    };

    void createDescriptors();
    VkDescriptorSet allocateDescriptors();
    void createPipeline();
    VkShaderModule createShader(const std::uint32_t* code, std::size_t bytes);
    void describe(Slot& slot);
    void draw(VkCommandBuffer commands, const Slot& slot);

    VulkanViewer& m_viewer;
    QVulkanDeviceFunctions* m_functions = nullptr;
    std::vector<Slot> m_slots;
    VkSampler m_sampler = VK_NULL_HANDLE;
    VkDescriptorSetLayout m_setLayout = VK_NULL_HANDLE;
    VkDescriptorPool m_pool = VK_NULL_HANDLE;
    VkPipelineLayout m_pipelineLayout = VK_NULL_HANDLE;
    VkPipeline m_pipeline = VK_NULL_HANDLE;
};

} // namespace ui
