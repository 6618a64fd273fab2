#include "timeline/render/vulkan/VulkanFrame.h"

#include "timeline/render/vulkan/VulkanSetWriter.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <utility>

namespace timeline {

namespace {

constexpr VkFormat kLight = VK_FORMAT_R32G32B32A32_SFLOAT;
constexpr VkDeviceSize kAlignment = 256;             // the most that a device may ask for
constexpr std::uint32_t kGroup = 16;                 // pixels across and down a shader's work group
constexpr std::uint64_t kPatience = 120'000'000'000; // nanoseconds until a device counts as hung

VkDeviceSize aligned(VkDeviceSize size) {
    return (size + kAlignment - 1) / kAlignment * kAlignment;
}

std::uint32_t groups(std::int32_t pixels) {
    return (static_cast<std::uint32_t>(std::max(pixels, 0)) + kGroup - 1) / kGroup;
}

VkFormat planeFormat(SampleType type) {
    return type == SampleType::Uint8    ? VK_FORMAT_R8_UINT
           : type == SampleType::Uint16 ? VK_FORMAT_R16_UINT
                                        : VK_FORMAT_R32_UINT;
}

VkDeviceSize uploadSize(const Picture& picture) {
    VkDeviceSize size = aligned(sizeof(ConversionParameters));
    for (const Plane& plane : picture.planes) {
        size += aligned(plane.samples.size());
    }
    return size;
}

VkDeviceSize uploadSize(const LayerGeometry& geometry) {
    return aligned(sizeof(SamplingParameters)) + aligned(geometry.columns.size() * sizeof(TexelPosition)) +
           aligned(geometry.rows.size() * sizeof(TexelPosition));
}

/// A picture that is not on the device yet: its conversion.
struct Conversion {
    PicturePtr picture;
    std::size_t target = 0;          ///< in VulkanWorkshop::pictures
    std::vector<std::size_t> planes; ///< in VulkanWorkshop::planes
    ConversionParameters parameters;
};

/// One frame, from nothing to pixels. Steps in the order of run().
/// Thread: one.
class Recording {
public:
    Recording(VulkanWorkshop& workshop, const std::vector<LayerPlacement>& layers, FrameSize size)
        : m_workshop(workshop), m_layers(layers), m_size(size) {}

    Result<FrameImagePtr> run() {
        for (const auto step : {&Recording::claimPictures, &Recording::claimTargets, &Recording::claimBuffers,
                                &Recording::claimDescriptors, &Recording::record, &Recording::submit}) {
            if (Result<void> done = (this->*step)(); !done) {
                return done.error();
            }
        }
        return pixels();
    }

private:
    VkDevice device() const { return m_workshop.device->handle(); }
    VkExtent2D extent() const {
        return {static_cast<std::uint32_t>(m_size.width), static_cast<std::uint32_t>(m_size.height)};
    }

    /// Finds out which pictures are on the device already, and gets images for the others.
    Result<void> claimPictures() {
        for (VulkanPicture& entry : m_workshop.pictures) {
            entry.isUsed = std::any_of(m_layers.begin(), m_layers.end(), [&](const LayerPlacement& layer) {
                return entry.picture && layer.picture == entry.picture;
            });
            entry.picture = entry.isUsed ? entry.picture : nullptr;
        }
        for (VulkanPlane& plane : m_workshop.planes) {
            plane.isUsed = false;
        }
        for (const LayerPlacement& layer : m_layers) {
            if (layer.picture && !pictureIndex(layer.picture)) {
                if (Result<void> claimed = claimPicture(layer.picture); !claimed) {
                    return claimed;
                }
            }
        }
        return {};
    }

    std::optional<std::size_t> pictureIndex(const PicturePtr& picture) const {
        for (std::size_t i = 0; i < m_workshop.pictures.size(); ++i) {
            if (m_workshop.pictures[i].picture == picture) {
                return i;
            }
        }
        return std::nullopt;
    }

    Result<void> claimPicture(const PicturePtr& picture) {
        const Result<ConversionParameters> parameters = conversionFor(*picture);
        if (!parameters) {
            return parameters.error();
        }
        const VkExtent2D size{static_cast<std::uint32_t>(picture->width), static_cast<std::uint32_t>(picture->height)};
        const auto target = claim(m_workshop.pictures, size, kLight, VK_IMAGE_USAGE_STORAGE_BIT);
        if (!target) {
            return target.error();
        }
        m_workshop.pictures[*target].picture = picture;
        Conversion conversion{picture, *target, {}, *parameters};
        for (const Plane& plane : picture->planes) {
            const VkExtent2D planeSize{static_cast<std::uint32_t>(plane.width),
                                       static_cast<std::uint32_t>(plane.height)};
            const auto index =
                claim(m_workshop.planes, planeSize, planeFormat(picture->sampleType), VK_IMAGE_USAGE_TRANSFER_DST_BIT);
            if (!index) {
                m_workshop.pictures[*target].picture = nullptr;
                return index.error();
            }
            conversion.planes.push_back(*index);
        }
        m_conversions.push_back(std::move(conversion));
        return {};
    }

    /// An unused image of that kind, or a new one.
    template <typename Entry>
    Result<std::size_t> claim(std::vector<Entry>& entries, VkExtent2D size, VkFormat format, VkImageUsageFlags usage) {
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const VulkanImage& image = entries[i].image;
            if (!entries[i].isUsed && image.format() == format && image.size().width == size.width &&
                image.size().height == size.height) {
                entries[i].isUsed = true;
                return i;
            }
        }
        Result<VulkanImage> image =
            VulkanImage::create(*m_workshop.device, size, format, usage | VK_IMAGE_USAGE_SAMPLED_BIT);
        if (!image) {
            return image.error();
        }
        entries.emplace_back();
        entries.back().image = std::move(*image);
        entries.back().isUsed = true;
        return entries.size() - 1;
    }

    Result<void> claimTargets() {
        const bool hasPair =
            std::any_of(m_layers.begin(), m_layers.end(), [](const LayerPlacement& layer) { return layer.isIncoming; });
        for (VulkanImage* image : {&m_workshop.frame, &m_workshop.pair}) {
            const bool fits = image->size().width == extent().width && image->size().height == extent().height;
            if (fits || (image == &m_workshop.pair && !hasPair)) {
                continue;
            }
            Result<VulkanImage> made = VulkanImage::create(
                *m_workshop.device, extent(), kLight,
                VK_IMAGE_USAGE_STORAGE_BIT | VK_IMAGE_USAGE_TRANSFER_SRC_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT);
            if (!made) {
                return made.error();
            }
            *image = std::move(*made);
        }
        m_pair = hasPair ? &m_workshop.pair : &m_workshop.nothing;
        return {};
    }

    Result<void> claimBuffers() {
        VkDeviceSize needed = kAlignment;
        for (const Conversion& conversion : m_conversions) {
            needed += uploadSize(*conversion.picture);
        }
        for (const LayerPlacement& layer : m_layers) {
            needed += uploadSize(layer.geometry);
        }
        const VkDeviceSize pixels = VkDeviceSize{16} * extent().width * extent().height;
        if (Result<void> grown = grow(m_workshop.upload, needed, VulkanBuffer::Use::Upload); !grown) {
            return grown;
        }
        return grow(m_workshop.readback, pixels, VulkanBuffer::Use::Readback);
    }

    Result<void> grow(VulkanBuffer& buffer, VkDeviceSize size, VulkanBuffer::Use use) {
        if (buffer.size() >= size) {
            return {};
        }
        buffer = VulkanBuffer();
        Result<VulkanBuffer> made = VulkanBuffer::create(*m_workshop.device, size, use);
        if (!made) {
            return made.error();
        }
        buffer = std::move(*made);
        return {};
    }

    Result<void> claimDescriptors() {
        const auto needed = static_cast<std::uint32_t>(m_conversions.size() + m_layers.size());
        if (needed == 0) {
            return {};
        }
        if (needed <= m_workshop.descriptorSets) {
            vkResetDescriptorPool(device(), m_workshop.descriptorPool.get(), 0);
            return {};
        }
        const std::uint32_t sets = std::max(needed, 32U);
        const std::array<VkDescriptorPoolSize, 3> sizes{{{VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, 3 * sets},
                                                         {VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, 4 * sets},
                                                         {VK_DESCRIPTOR_TYPE_STORAGE_IMAGE, 2 * sets}}};
        VkDescriptorPoolCreateInfo info{};
        info.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO;
        info.maxSets = sets;
        info.poolSizeCount = static_cast<std::uint32_t>(sizes.size());
        info.pPoolSizes = sizes.data();
        VkDescriptorPool pool = VK_NULL_HANDLE;
        if (const VkResult result = vkCreateDescriptorPool(device(), &info, nullptr, &pool); result != VK_SUCCESS) {
            return vulkanError(result, "vkCreateDescriptorPool");
        }
        m_workshop.descriptorPool = VulkanDescriptorPool(device(), pool);
        m_workshop.descriptorSets = sets;
        return {};
    }

    Result<void> record() {
        vkResetCommandBuffer(m_workshop.commands, 0); // a frame may have been given up half recorded
        VkCommandBufferBeginInfo begin{};
        begin.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO;
        begin.flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT;
        if (const VkResult result = vkBeginCommandBuffer(m_workshop.commands, &begin); result != VK_SUCCESS) {
            return vulkanError(result, "vkBeginCommandBuffer");
        }
        beginImages();
        recordUploads();
        if (Result<void> recorded = recordConversions(); !recorded) {
            return recorded;
        }
        if (Result<void> recorded = recordLayers(); !recorded) {
            return recorded;
        }
        recordReadback();
        if (const VkResult result = vkEndCommandBuffer(m_workshop.commands); result != VK_SUCCESS) {
            return vulkanError(result, "vkEndCommandBuffer");
        }
        return {};
    }

    /// Images that get new contents: what they held is forgotten.
    void beginImages() {
        std::vector<VkImageMemoryBarrier> barriers;
        const auto add = [&](const VulkanImage& image) {
            VkImageMemoryBarrier barrier{};
            barrier.sType = VK_STRUCTURE_TYPE_IMAGE_MEMORY_BARRIER;
            barrier.dstAccessMask =
                VK_ACCESS_TRANSFER_WRITE_BIT | VK_ACCESS_SHADER_READ_BIT | VK_ACCESS_SHADER_WRITE_BIT;
            barrier.oldLayout = VK_IMAGE_LAYOUT_UNDEFINED;
            barrier.newLayout = VK_IMAGE_LAYOUT_GENERAL;
            barrier.srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
            barrier.dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
            barrier.image = image.handle();
            barrier.subresourceRange = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 1, 0, 1};
            barriers.push_back(barrier);
        };
        add(m_workshop.frame);
        add(m_workshop.nothing);
        if (m_pair != &m_workshop.nothing) {
            add(*m_pair);
        }
        for (const Conversion& conversion : m_conversions) {
            add(m_workshop.pictures[conversion.target].image);
            for (const std::size_t plane : conversion.planes) {
                add(m_workshop.planes[plane].image);
            }
        }
        vkCmdPipelineBarrier(m_workshop.commands, VK_PIPELINE_STAGE_TOP_OF_PIPE_BIT,
                             VK_PIPELINE_STAGE_TRANSFER_BIT | VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT, 0, 0, nullptr, 0,
                             nullptr, static_cast<std::uint32_t>(barriers.size()), barriers.data());
    }

    void recordUploads() {
        const VkClearColorValue transparent{};
        const VkImageSubresourceRange whole{VK_IMAGE_ASPECT_COLOR_BIT, 0, 1, 0, 1};
        vkCmdClearColorImage(m_workshop.commands, m_workshop.frame.handle(), VK_IMAGE_LAYOUT_GENERAL, &transparent, 1,
                             &whole);
        for (const Conversion& conversion : m_conversions) {
            for (std::size_t i = 0; i < conversion.planes.size(); ++i) {
                const Plane& plane = conversion.picture->planes[i];
                const VulkanBufferPart part = put(plane.samples.data(), plane.samples.size());
                VkBufferImageCopy copy{};
                copy.bufferOffset = part.offset;
                copy.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
                copy.imageExtent = {static_cast<std::uint32_t>(plane.width), static_cast<std::uint32_t>(plane.height),
                                    1};
                vkCmdCopyBufferToImage(m_workshop.commands, part.buffer,
                                       m_workshop.planes[conversion.planes[i]].image.handle(), VK_IMAGE_LAYOUT_GENERAL,
                                       1, &copy);
            }
        }
        barrier({VK_PIPELINE_STAGE_TRANSFER_BIT, VK_ACCESS_TRANSFER_WRITE_BIT}, shaders());
    }

    Result<void> recordConversions() {
        vkCmdBindPipeline(m_workshop.commands, VK_PIPELINE_BIND_POINT_COMPUTE, m_workshop.convert.pipeline.get());
        for (const Conversion& conversion : m_conversions) {
            const Result<VkDescriptorSet> set = allocateSet(m_workshop.convert);
            if (!set) {
                return set.error();
            }
            VulkanSetWriter writer(*set, m_workshop.sampler.get());
            writer.buffer(put(&conversion.parameters, sizeof conversion.parameters));
            const auto transfer = static_cast<std::size_t>(conversion.picture->color.transfer);
            writer.buffer({m_workshop.transferTables.handle(), transfer * kTransferTableStride, kTransferTableStride});
            for (std::size_t i = 0; i < 4; ++i) {
                const std::size_t plane = i < conversion.planes.size() ? conversion.planes[i] : conversion.planes[0];
                writer.sampled(m_workshop.planes[plane].image);
            }
            writer.stored(m_workshop.pictures[conversion.target].image);
            writer.write(device());
            bind(m_workshop.convert, *set);
            vkCmdDispatch(m_workshop.commands, groups(conversion.picture->width), groups(conversion.picture->height),
                          1);
        }
        return {};
    }

    Result<void> recordLayers() {
        vkCmdBindPipeline(m_workshop.commands, VK_PIPELINE_BIND_POINT_COMPUTE, m_workshop.layer.pipeline.get());
        for (const LayerPlacement& layer : m_layers) {
            const Result<VkDescriptorSet> set = allocateSet(m_workshop.layer);
            if (!set) {
                return set.error();
            }
            // Each layer reads what the one below it wrote.
            barrier(shaders(), shaders());
            const LayerGeometry& geometry = layer.geometry;
            VulkanSetWriter writer(*set, m_workshop.sampler.get());
            writer.buffer(put(&geometry.sampling, sizeof geometry.sampling));
            writer.buffer(put(geometry.columns.data(), geometry.columns.size() * sizeof(TexelPosition)));
            writer.buffer(put(geometry.rows.data(), geometry.rows.size() * sizeof(TexelPosition)));
            const std::optional<std::size_t> picture = layer.picture ? pictureIndex(layer.picture) : std::nullopt;
            writer.sampled(picture ? m_workshop.pictures[*picture].image : m_workshop.nothing);
            writer.stored(m_workshop.frame);
            writer.stored(*m_pair);
            writer.write(device());
            bind(m_workshop.layer, *set);
            dispatchLayer(layer, picture.has_value());
        }
        return {};
    }

    void dispatchLayer(const LayerPlacement& layer, bool hasPicture) {
        const bool inPair = layer.isIncoming || layer.isOutgoing;
        const SamplingParameters& s = layer.geometry.sampling;
        const VulkanLayerStep step{.left = inPair ? 0 : s.left,
                                   .top = inPair ? 0 : s.top,
                                   .inPair = inPair ? 1 : 0,
                                   .startsPair = layer.isIncoming ? 0 : 1,
                                   .endsPair = layer.isOutgoing ? 0 : 1,
                                   .hasPicture = hasPicture ? 1 : 0};
        vkCmdPushConstants(m_workshop.commands, m_workshop.layer.layout.get(), VK_SHADER_STAGE_COMPUTE_BIT, 0,
                           kLayerStepSize, &step);
        vkCmdDispatch(m_workshop.commands, groups(inPair ? m_size.width : s.right - s.left),
                      groups(inPair ? m_size.height : s.bottom - s.top), 1);
    }

    void recordReadback() {
        barrier(shaders(), {VK_PIPELINE_STAGE_TRANSFER_BIT, VK_ACCESS_TRANSFER_READ_BIT});
        VkBufferImageCopy copy{};
        copy.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
        copy.imageExtent = {extent().width, extent().height, 1};
        vkCmdCopyImageToBuffer(m_workshop.commands, m_workshop.frame.handle(), VK_IMAGE_LAYOUT_GENERAL,
                               m_workshop.readback.handle(), 1, &copy);
        barrier({VK_PIPELINE_STAGE_TRANSFER_BIT, VK_ACCESS_TRANSFER_WRITE_BIT},
                {VK_PIPELINE_STAGE_HOST_BIT, VK_ACCESS_HOST_READ_BIT});
    }

    Result<void> submit() {
        VkSubmitInfo info{};
        info.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO;
        info.commandBufferCount = 1;
        info.pCommandBuffers = &m_workshop.commands;
        const VkFence fence = m_workshop.fence.get();
        if (const VkResult result = vkQueueSubmit(m_workshop.device->queue(), 1, &info, fence); result != VK_SUCCESS) {
            return vulkanError(result, "vkQueueSubmit");
        }
        if (const VkResult result = vkWaitForFences(device(), 1, &fence, VK_TRUE, kPatience); result != VK_SUCCESS) {
            return vulkanError(result, "vkWaitForFences");
        }
        if (const VkResult result = vkResetFences(device(), 1, &fence); result != VK_SUCCESS) {
            return vulkanError(result, "vkResetFences");
        }
        // Pictures that do not show any more give their memory back.
        std::erase_if(m_workshop.planes, [](const VulkanPlane& plane) { return !plane.isUsed; });
        std::erase_if(m_workshop.pictures, [](const VulkanPicture& entry) { return !entry.isUsed; });
        return {};
    }

    Result<FrameImagePtr> pixels() const {
        auto image = std::make_shared<FrameImage>();
        image->width = m_size.width;
        image->height = m_size.height;
        const auto* first = reinterpret_cast<const float*>(m_workshop.readback.data());
        image->pixels.assign(first, first + std::size_t{4} * extent().width * extent().height);
        return FrameImagePtr(std::move(image));
    }

    /// Copies bytes into the upload buffer.
    VulkanBufferPart put(const void* bytes, std::size_t size) {
        const VulkanBufferPart part{m_workshop.upload.handle(), m_used, std::max<VkDeviceSize>(size, 4)};
        if (size > 0) {
            std::memcpy(m_workshop.upload.data() + m_used, bytes, size);
        }
        m_used += aligned(size);
        return part;
    }

    Result<VkDescriptorSet> allocateSet(const VulkanProgram& program) {
        const VkDescriptorSetLayout layout = program.setLayout.get();
        VkDescriptorSetAllocateInfo info{};
        info.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO;
        info.descriptorPool = m_workshop.descriptorPool.get();
        info.descriptorSetCount = 1;
        info.pSetLayouts = &layout;
        VkDescriptorSet set = VK_NULL_HANDLE;
        if (const VkResult result = vkAllocateDescriptorSets(device(), &info, &set); result != VK_SUCCESS) {
            return vulkanError(result, "vkAllocateDescriptorSets");
        }
        return set;
    }

    void bind(const VulkanProgram& program, VkDescriptorSet set) {
        vkCmdBindDescriptorSets(m_workshop.commands, VK_PIPELINE_BIND_POINT_COMPUTE, program.layout.get(), 0, 1, &set,
                                0, nullptr);
    }

    struct Access {
        VkPipelineStageFlags stage;
        VkAccessFlags access;
    };
    static Access shaders() {
        return {VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT, VK_ACCESS_SHADER_READ_BIT | VK_ACCESS_SHADER_WRITE_BIT};
    }
    void barrier(Access from, Access to) {
        VkMemoryBarrier memory{};
        memory.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER;
        memory.srcAccessMask = from.access;
        memory.dstAccessMask = to.access;
        vkCmdPipelineBarrier(m_workshop.commands, from.stage, to.stage, 0, 1, &memory, 0, nullptr, 0, nullptr);
    }

    VulkanWorkshop& m_workshop;
    const std::vector<LayerPlacement>& m_layers;
    FrameSize m_size;
    std::vector<Conversion> m_conversions;
    const VulkanImage* m_pair = nullptr;
    VkDeviceSize m_used = 0; ///< of the upload buffer
};

} // namespace

Result<FrameImagePtr> drawFrame(VulkanWorkshop& workshop, const std::vector<LayerPlacement>& layers, FrameSize size) {
    try {
        Result<FrameImagePtr> frame = Recording(workshop, layers, size).run();
        if (!frame) {
            workshop.pictures.clear(); // some may not have been converted
        }
        return frame;
    } catch (const std::bad_alloc&) {
        workshop.pictures.clear();
        return Error{ErrorCode::OutOfMemory, {}, std::to_string(size.width) + "x" + std::to_string(size.height)};
    }
}

} // namespace timeline
