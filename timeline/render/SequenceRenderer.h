#pragma once

#include "timeline/base/Result.h"
#include "timeline/render/Compositor.h"
#include "timeline/render/FramePlanner.h"
#include "timeline/render/MediaUrls.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace timeline {

class LiveFrames;
class MediaPool;

/// Auto: Vulkan on a graphics card; the CPU where there is none (a Vulkan device made of software is slower).
enum class CompositorChoice : std::uint8_t { Auto, Cpu, Vulkan };

/// "auto", "cpu" or "vulkan", as in options and settings; nothing for another word.
std::optional<CompositorChoice> findCompositor(std::string_view name);

/// A Compositor of that kind. Vulkan without a device is NoVulkanDevice; Auto never fails.
Result<std::unique_ptr<Compositor>> makeCompositor(CompositorChoice choice);

struct RendererSetup {
    std::shared_ptr<MediaPool> media; ///< one for the program
    UrlResolver resolveUrl;
    std::shared_ptr<const LiveFrames> live; ///< null: no previews
    CompositorChoice compositor = CompositorChoice::Auto;
};

struct RenderedFrame {
    FrameImagePtr image;
    std::vector<Error> problems; ///< media that could not be shown as it is meant to be, slates first
    bool hasSlate = false;       ///< of some of it a slate is drawn; of the rest what could be read
};

/// Draws moments of a timeline: the one path from a cut to pixels, used by monitor, export, thumbnails and the base of
/// a shot alike. A lost Vulkan device is replaced by a new one. The CPU steps in for frames that are too large for the
/// device, and with Auto where Vulkan cannot; for good when a new device fails, too.
/// Thread: one at a time. Make one for each thread that renders.
class SequenceRenderer {
public:
    /// @param setup  media and resolveUrl must be there
    static Result<std::unique_ptr<SequenceRenderer>> create(RendererSetup setup);
    ~SequenceRenderer();

    /// Media that is missing or broken is no error; VulkanFailed, OutOfMemory and TooLarge are.
    Result<RenderedFrame> render(const Timeline& timeline, RationalTime time, const PlanOptions& options = {});
    Result<RenderedFrame> render(const FramePlan& plan);

    std::string compositorName() const; ///< "cpu", or the Vulkan device's name; " + cpu" where that one stepped in

private:
    class PaintedPictures;
    SequenceRenderer(RendererSetup setup, std::unique_ptr<Compositor> compositor);

    PicturePtr pictureOf(const FrameLayer& layer, const FramePlan& plan, RenderedFrame& frame);
    Result<PicturePtr> pictureOf(const FileSource& file, std::vector<Error>& problems);
    Result<FrameImagePtr> compose(const FramePlan& plan, const std::vector<PicturePtr>& pictures);

    RendererSetup m_setup;
    std::unique_ptr<Compositor> m_compositor;
    std::unique_ptr<Compositor> m_fallback; ///< made when needed
    std::unique_ptr<PaintedPictures> m_painted;
};

} // namespace timeline
