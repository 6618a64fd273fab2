#include "timeline/render/vulkan/VulkanResources.h"

#include <string>
#include <utility>
#include <vector>

namespace timeline {

namespace {

Result<VulkanMemory> allocate(const VulkanDevice& device, const VkMemoryRequirements& needs,
                              VkMemoryPropertyFlags wanted, VkMemoryPropertyFlags liked) {
    const int type = device.memoryType(needs.memoryTypeBits, wanted, liked);
    if (type < 0) {
        return Error{ErrorCode::OutOfMemory, {}, "no memory type"};
    }
    VkMemoryAllocateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO;
    info.allocationSize = needs.size;
    info.memoryTypeIndex = static_cast<std::uint32_t>(type);
    VkDeviceMemory memory = VK_NULL_HANDLE;
    if (const VkResult result = vkAllocateMemory(device.handle(), &info, nullptr, &memory); result != VK_SUCCESS) {
        return vulkanError(result, "vkAllocateMemory");
    }
    return VulkanMemory(device.handle(), memory);
}

Result<VulkanImageView> makeView(const VulkanDevice& device, VkImage image, VkFormat format) {
    VkImageViewCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_IMAGE_VIEW_CREATE_INFO;
    info.image = image;
    info.viewType = VK_IMAGE_VIEW_TYPE_2D;
    info.format = format;
    info.subresourceRange = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 1, 0, 1};
    VkImageView view = VK_NULL_HANDLE;
    if (const VkResult result = vkCreateImageView(device.handle(), &info, nullptr, &view); result != VK_SUCCESS) {
        return vulkanError(result, "vkCreateImageView");
    }
    return VulkanImageView(device.handle(), view);
}

Result<VulkanShader> makeShader(const VulkanDevice& device, std::span<const std::uint32_t> code) {
    VkShaderModuleCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO;
    info.codeSize = code.size_bytes();
    info.pCode = code.data();
    VkShaderModule shader = VK_NULL_HANDLE;
    if (const VkResult result = vkCreateShaderModule(device.handle(), &info, nullptr, &shader); result != VK_SUCCESS) {
        return vulkanError(result, "vkCreateShaderModule");
    }
    return VulkanShader(device.handle(), shader);
}

Result<VulkanSetLayout> makeSetLayout(const VulkanDevice& device, std::span<const VkDescriptorType> types) {
    std::vector<VkDescriptorSetLayoutBinding> bindings;
    for (std::uint32_t i = 0; i < types.size(); ++i) {
        bindings.push_back({i, types[i], 1, VK_SHADER_STAGE_COMPUTE_BIT, nullptr});
    }
    VkDescriptorSetLayoutCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO;
    info.bindingCount = static_cast<std::uint32_t>(bindings.size());
    info.pBindings = bindings.data();
    VkDescriptorSetLayout layout = VK_NULL_HANDLE;
    if (const VkResult result = vkCreateDescriptorSetLayout(device.handle(), &info, nullptr, &layout);
        result != VK_SUCCESS) {
        return vulkanError(result, "vkCreateDescriptorSetLayout");
    }
    return VulkanSetLayout(device.handle(), layout);
}

Result<VulkanPipelineLayout> makeLayout(const VulkanDevice& device, VkDescriptorSetLayout set, std::uint32_t pushSize) {
    const VkPushConstantRange push{VK_SHADER_STAGE_COMPUTE_BIT, 0, pushSize};
    VkPipelineLayoutCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO;
    info.setLayoutCount = 1;
    info.pSetLayouts = &set;
    info.pushConstantRangeCount = pushSize > 0 ? 1 : 0;
    info.pPushConstantRanges = &push;
    VkPipelineLayout layout = VK_NULL_HANDLE;
    if (const VkResult result = vkCreatePipelineLayout(device.handle(), &info, nullptr, &layout);
        result != VK_SUCCESS) {
        return vulkanError(result, "vkCreatePipelineLayout");
    }
    return VulkanPipelineLayout(device.handle(), layout);
}

} // namespace

Result<VulkanBuffer> VulkanBuffer::create(const VulkanDevice& device, VkDeviceSize size, Use use) {
    VkBufferCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO;
    info.size = size;
    info.usage = use == Use::Upload ? VK_BUFFER_USAGE_TRANSFER_SRC_BIT | VK_BUFFER_USAGE_STORAGE_BUFFER_BIT
                                    : VK_BUFFER_USAGE_TRANSFER_DST_BIT;
    VkBuffer handle = VK_NULL_HANDLE;
    if (const VkResult result = vkCreateBuffer(device.handle(), &info, nullptr, &handle); result != VK_SUCCESS) {
        return vulkanError(result, "vkCreateBuffer");
    }
    VulkanBuffer buffer;
    buffer.m_buffer = VulkanBufferHandle(device.handle(), handle);
    buffer.m_size = size;
    VkMemoryRequirements needs{};
    vkGetBufferMemoryRequirements(device.handle(), handle, &needs);
    // Readback from uncached memory is many times slower.
    Result<VulkanMemory> memory =
        allocate(device, needs, VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT,
                 use == Use::Readback ? VK_MEMORY_PROPERTY_HOST_CACHED_BIT : 0);
    if (!memory) {
        return memory.error();
    }
    buffer.m_memory = std::move(*memory);
    if (const VkResult result = vkBindBufferMemory(device.handle(), handle, buffer.m_memory.get(), 0);
        result != VK_SUCCESS) {
        return vulkanError(result, "vkBindBufferMemory");
    }
    void* data = nullptr;
    if (const VkResult result = vkMapMemory(device.handle(), buffer.m_memory.get(), 0, VK_WHOLE_SIZE, 0, &data);
        result != VK_SUCCESS) {
        return vulkanError(result, "vkMapMemory");
    }
    buffer.m_data = static_cast<std::byte*>(data);
    return buffer;
}

Result<VulkanImage> VulkanImage::create(const VulkanDevice& device, VkExtent2D size, VkFormat format,
                                        VkImageUsageFlags usage) {
    const std::uint32_t most = device.limits().maxImageDimension2D;
    if (size.width > most || size.height > most) {
        return Error{ErrorCode::TooLarge,
                     {},
                     std::to_string(size.width) + "x" + std::to_string(size.height) + " > " + std::to_string(most)};
    }
    VkImageCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_IMAGE_CREATE_INFO;
    info.imageType = VK_IMAGE_TYPE_2D;
    info.format = format;
    info.extent = {size.width, size.height, 1};
    info.mipLevels = 1;
    info.arrayLayers = 1;
    info.samples = VK_SAMPLE_COUNT_1_BIT;
    info.usage = usage;
    VkImage handle = VK_NULL_HANDLE;
    if (const VkResult result = vkCreateImage(device.handle(), &info, nullptr, &handle); result != VK_SUCCESS) {
        return vulkanError(result, "vkCreateImage");
    }
    VulkanImage image;
    image.m_image = VulkanImageHandle(device.handle(), handle);
    image.m_size = size;
    image.m_format = format;
    VkMemoryRequirements needs{};
    vkGetImageMemoryRequirements(device.handle(), handle, &needs);
    Result<VulkanMemory> memory = allocate(device, needs, 0, VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT);
    if (!memory) {
        return memory.error();
    }
    image.m_memory = std::move(*memory);
    if (const VkResult result = vkBindImageMemory(device.handle(), handle, image.m_memory.get(), 0);
        result != VK_SUCCESS) {
        return vulkanError(result, "vkBindImageMemory");
    }
    Result<VulkanImageView> view = makeView(device, handle, format);
    if (!view) {
        return view.error();
    }
    image.m_view = std::move(*view);
    return image;
}

Result<VulkanProgram> VulkanProgram::create(const VulkanDevice& device, std::span<const std::uint32_t> code,
                                            std::span<const VkDescriptorType> bindings,
                                            std::uint32_t pushConstantSize) {
    Result<VulkanShader> shader = makeShader(device, code);
    Result<VulkanSetLayout> set = makeSetLayout(device, bindings);
    if (!shader || !set) {
        return shader ? set.error() : shader.error();
    }
    Result<VulkanPipelineLayout> layout = makeLayout(device, set->get(), pushConstantSize);
    if (!layout) {
        return layout.error();
    }
    VkComputePipelineCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_COMPUTE_PIPELINE_CREATE_INFO;
    info.stage.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO;
    info.stage.stage = VK_SHADER_STAGE_COMPUTE_BIT;
    info.stage.module = shader->get();
    info.stage.pName = "main";
    info.layout = layout->get();
    VkPipeline pipeline = VK_NULL_HANDLE;
    if (const VkResult result = vkCreateComputePipelines(device.handle(), VK_NULL_HANDLE, 1, &info, nullptr, &pipeline);
        result != VK_SUCCESS) {
        return vulkanError(result, "vkCreateComputePipelines");
    }
    return VulkanProgram{std::move(*set), std::move(*layout), VulkanPipeline(device.handle(), pipeline)};
}

} // namespace timeline
