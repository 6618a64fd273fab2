#include "ui/monitor/FrameRenderer.h"

#include "ui/monitor/VulkanViewer.h"

#include <QVulkanInstance>

namespace ui {
namespace {

constexpr std::uint32_t kVertexShader[] =
#include "viewer.vert.inc"
    ;
constexpr std::uint32_t kFragmentShader[] =
#include "viewer.frag.inc"
    ;

/// The parts of the pipeline that never change: no vertices, no depth, no blending; viewport and scissor set by draw().
struct FixedState {
    explicit FixedState(VkSampleCountFlagBits sampleCount) {
        vertices.sType = VK_STRUCTURE_TYPE_PIPELINE_VERTEX_INPUT_STATE_CREATE_INFO;
        assembly.sType = VK_STRUCTURE_TYPE_PIPELINE_INPUT_ASSEMBLY_STATE_CREATE_INFO;
        assembly.topology = VK_PRIMITIVE_TOPOLOGY_TRIANGLE_LIST;
        viewport.sType = VK_STRUCTURE_TYPE_PIPELINE_VIEWPORT_STATE_CREATE_INFO;
        viewport.viewportCount = viewport.scissorCount = 1;
        raster.sType = VK_STRUCTURE_TYPE_PIPELINE_RASTERIZATION_STATE_CREATE_INFO;
        raster.cullMode = VK_CULL_MODE_NONE;
        raster.lineWidth = 1.0F;
        samples.sType = VK_STRUCTURE_TYPE_PIPELINE_MULTISAMPLE_STATE_CREATE_INFO;
        samples.rasterizationSamples = sampleCount;
        depth.sType = VK_STRUCTURE_TYPE_PIPELINE_DEPTH_STENCIL_STATE_CREATE_INFO;
        attachment.colorWriteMask =
            VK_COLOR_COMPONENT_R_BIT | VK_COLOR_COMPONENT_G_BIT | VK_COLOR_COMPONENT_B_BIT | VK_COLOR_COMPONENT_A_BIT;
        blend.sType = VK_STRUCTURE_TYPE_PIPELINE_COLOR_BLEND_STATE_CREATE_INFO;
        blend.attachmentCount = 1;
        blend.pAttachments = &attachment;
        dynamic.sType = VK_STRUCTURE_TYPE_PIPELINE_DYNAMIC_STATE_CREATE_INFO;
        dynamic.dynamicStateCount = static_cast<std::uint32_t>(dynamicStates.size());
        dynamic.pDynamicStates = dynamicStates.data();
    }
    FixedState(const FixedState&) = delete; // it points into itself
    FixedState& operator=(const FixedState&) = delete;

    std::array<VkDynamicState, 2> dynamicStates{VK_DYNAMIC_STATE_VIEWPORT, VK_DYNAMIC_STATE_SCISSOR};
    VkPipelineColorBlendAttachmentState attachment{};
    VkPipelineVertexInputStateCreateInfo vertices{};
    VkPipelineInputAssemblyStateCreateInfo assembly{};
    VkPipelineViewportStateCreateInfo viewport{};
    VkPipelineRasterizationStateCreateInfo raster{};
    VkPipelineMultisampleStateCreateInfo samples{};
    VkPipelineDepthStencilStateCreateInfo depth{};
    VkPipelineColorBlendStateCreateInfo blend{};
    VkPipelineDynamicStateCreateInfo dynamic{};
};

constexpr std::uint32_t kMostImages = 16; ///< of a swap chain; drivers have 2 to 5

} // namespace

void FrameRenderer::initResources() {
    m_functions = m_viewer.vulkanInstance()->deviceFunctions(m_viewer.device());
    createDescriptors();
    createPipeline();
}

void FrameRenderer::initSwapChainResources() {
    const auto images = static_cast<std::size_t>(m_viewer.swapChainImageCount());
    while (m_slots.size() < images && m_slots.size() < kMostImages) {
        m_slots.push_back({std::make_unique<FrameTexture>(m_viewer, *m_functions), allocateDescriptors()});
    }
}

void FrameRenderer::createDescriptors() {
    const VkDevice device = m_viewer.device();
    VkSamplerCreateInfo sampler{};
    sampler.sType = VK_STRUCTURE_TYPE_SAMPLER_CREATE_INFO;
    sampler.magFilter = VK_FILTER_LINEAR;
    sampler.minFilter = VK_FILTER_LINEAR;
    sampler.addressModeU = sampler.addressModeV = sampler.addressModeW = VK_SAMPLER_ADDRESS_MODE_CLAMP_TO_EDGE;
    m_functions->vkCreateSampler(device, &sampler, nullptr, &m_sampler);

    VkDescriptorSetLayoutBinding binding{};
    binding.descriptorType = VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER;
    binding.descriptorCount = 1;
    binding.stageFlags = VK_SHADER_STAGE_FRAGMENT_BIT;
    VkDescriptorSetLayoutCreateInfo layout{};
    layout.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO;
    layout.bindingCount = 1;
    layout.pBindings = &binding;
    m_functions->vkCreateDescriptorSetLayout(device, &layout, nullptr, &m_setLayout);

    const VkDescriptorPoolSize size{VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, kMostImages};
    VkDescriptorPoolCreateInfo pool{};
    pool.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO;
    pool.maxSets = kMostImages;
    pool.poolSizeCount = 1;
    pool.pPoolSizes = &size;
    m_functions->vkCreateDescriptorPool(device, &pool, nullptr, &m_pool);
}

VkDescriptorSet FrameRenderer::allocateDescriptors() {
    VkDescriptorSetAllocateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO;
    info.descriptorPool = m_pool;
    info.descriptorSetCount = 1;
    info.pSetLayouts = &m_setLayout;
    VkDescriptorSet set = VK_NULL_HANDLE;
    m_functions->vkAllocateDescriptorSets(m_viewer.device(), &info, &set);
    return set;
}

VkShaderModule FrameRenderer::createShader(const std::uint32_t* code, std::size_t bytes) {
    VkShaderModuleCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO;
    info.codeSize = bytes;
    info.pCode = code;
    VkShaderModule module = VK_NULL_HANDLE;
    m_functions->vkCreateShaderModule(m_viewer.device(), &info, nullptr, &module);
    return module;
}

void FrameRenderer::createPipeline() {
    const VkDevice device = m_viewer.device();
    VkPipelineLayoutCreateInfo layout{};
    layout.sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO;
    layout.setLayoutCount = 1;
    layout.pSetLayouts = &m_setLayout;
    m_functions->vkCreatePipelineLayout(device, &layout, nullptr, &m_pipelineLayout);

    std::array<VkPipelineShaderStageCreateInfo, 2> stages{};
    stages[0].sType = stages[1].sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO;
    stages[0].stage = VK_SHADER_STAGE_VERTEX_BIT;
    stages[0].module = createShader(kVertexShader, sizeof kVertexShader);
    stages[1].stage = VK_SHADER_STAGE_FRAGMENT_BIT;
    stages[1].module = createShader(kFragmentShader, sizeof kFragmentShader);
    stages[0].pName = stages[1].pName = "main";

    const FixedState fixed(m_viewer.sampleCountFlagBits());
    VkGraphicsPipelineCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_GRAPHICS_PIPELINE_CREATE_INFO;
    info.stageCount = static_cast<std::uint32_t>(stages.size());
    info.pStages = stages.data();
    info.pVertexInputState = &fixed.vertices;
    info.pInputAssemblyState = &fixed.assembly;
    info.pViewportState = &fixed.viewport;
    info.pRasterizationState = &fixed.raster;
    info.pMultisampleState = &fixed.samples;
    info.pDepthStencilState = &fixed.depth;
    info.pColorBlendState = &fixed.blend;
    info.pDynamicState = &fixed.dynamic;
    info.layout = m_pipelineLayout;
    info.renderPass = m_viewer.defaultRenderPass();
    m_functions->vkCreateGraphicsPipelines(device, VK_NULL_HANDLE, 1, &info, nullptr, &m_pipeline);
    for (const VkPipelineShaderStageCreateInfo& stage : stages) {
        m_functions->vkDestroyShaderModule(device, stage.module, nullptr);
    }
}

void FrameRenderer::releaseResources() {
    const VkDevice device = m_viewer.device();
    m_slots.clear();
    m_functions->vkDestroyPipeline(device, std::exchange(m_pipeline, VK_NULL_HANDLE), nullptr);
    m_functions->vkDestroyPipelineLayout(device, std::exchange(m_pipelineLayout, VK_NULL_HANDLE), nullptr);
    m_functions->vkDestroyDescriptorPool(device, std::exchange(m_pool, VK_NULL_HANDLE), nullptr);
    m_functions->vkDestroyDescriptorSetLayout(device, std::exchange(m_setLayout, VK_NULL_HANDLE), nullptr);
    m_functions->vkDestroySampler(device, std::exchange(m_sampler, VK_NULL_HANDLE), nullptr);
}

void FrameRenderer::describe(Slot& slot) {
    if (slot.describedGeneration == slot.texture->generation()) {
        return;
    }
    const VkDescriptorImageInfo image{m_sampler, slot.texture->view(), VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL};
    VkWriteDescriptorSet write{};
    write.sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET;
    write.dstSet = slot.descriptors;
    write.descriptorCount = 1;
    write.descriptorType = VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER;
    write.pImageInfo = &image;
    m_functions->vkUpdateDescriptorSets(m_viewer.device(), 1, &write, 0, nullptr);
    slot.describedGeneration = slot.texture->generation();
}

void FrameRenderer::draw(VkCommandBuffer commands, const Slot& slot) {
    const QSize area = m_viewer.swapChainImageSize();
    const DisplayImagePtr& frame = m_viewer.frame();
    const QRectF place = letterboxed(QSizeF(frame->width, frame->height), QSizeF(area));
    const VkViewport viewport{static_cast<float>(place.left()),
                              static_cast<float>(place.top()),
                              static_cast<float>(place.width()),
                              static_cast<float>(place.height()),
                              0.0F,
                              1.0F};
    const VkRect2D scissor{{0, 0},
                           {static_cast<std::uint32_t>(area.width()), static_cast<std::uint32_t>(area.height())}};
    m_functions->vkCmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_GRAPHICS, m_pipeline);
    m_functions->vkCmdBindDescriptorSets(commands, VK_PIPELINE_BIND_POINT_GRAPHICS, m_pipelineLayout, 0, 1,
                                         &slot.descriptors, 0, nullptr);
    m_functions->vkCmdSetViewport(commands, 0, 1, &viewport);
    m_functions->vkCmdSetScissor(commands, 0, 1, &scissor);
    m_functions->vkCmdDraw(commands, 3, 1, 0, 0);
}

void FrameRenderer::startNextFrame() {
    const VkCommandBuffer commands = m_viewer.currentCommandBuffer();
    const auto image = static_cast<std::size_t>(m_viewer.currentSwapChainImageIndex());
    Slot* slot = image < m_slots.size() ? &m_slots[image] : nullptr;
    const DisplayImagePtr& frame = m_viewer.frame();
    const bool hasPicture =
        slot && frame && frame->width > 0 && frame->height > 0 && slot->texture->upload(commands, frame);

    std::array<VkClearValue, 2> clear{};
    clear[0].color = {{0.0F, 0.0F, 0.0F, 1.0F}};
    clear[1].depthStencil = {1.0F, 0};
    const QSize area = m_viewer.swapChainImageSize();
    VkRenderPassBeginInfo pass{};
    pass.sType = VK_STRUCTURE_TYPE_RENDER_PASS_BEGIN_INFO;
    pass.renderPass = m_viewer.defaultRenderPass();
    pass.framebuffer = m_viewer.currentFramebuffer();
    pass.renderArea.extent = {static_cast<std::uint32_t>(area.width()), static_cast<std::uint32_t>(area.height())};
    pass.clearValueCount = static_cast<std::uint32_t>(clear.size());
    pass.pClearValues = clear.data();
    m_functions->vkCmdBeginRenderPass(commands, &pass, VK_SUBPASS_CONTENTS_INLINE);
    if (hasPicture && m_pipeline) {
        describe(*slot);
        draw(commands, *slot);
    }
    m_functions->vkCmdEndRenderPass(commands);
    m_viewer.frameReady();
}

} // namespace ui
