#include "timeline/render/SequenceRenderer.h"

#include "timeline/media/MediaPool.h"
#include "timeline/media/TitlePainter.h"
#include "timeline/model/Generators.h"
#include "timeline/render/Conversion.h"
#include "timeline/render/CpuCompositor.h"
#include "timeline/render/LiveFrames.h"
#include "timeline/render/vulkan/VulkanCompositor.h"

#include <algorithm>
#include <utility>

namespace timeline {

/// Titles, colours and slates, kept while frame after frame shows them: the same picture again, so that the compositor
/// need not convert it again either.
/// Thread: one at a time.
class SequenceRenderer::PaintedPictures {
public:
    Result<PicturePtr> paint(const LayerSource& source, const FramePlan& plan) {
        for (Entry& entry : m_entries) {
            if (entry.width == plan.width && entry.height == plan.height && looksLike(entry.source, source)) {
                entry.isUsed = true;
                return entry.picture;
            }
        }
        Result<PicturePtr> picture = paintNew(source, plan);
        if (picture) {
            m_entries.push_back({source, plan.width, plan.height, *picture, true});
        }
        return picture;
    }

    /// Forgets what was not asked for since the last call.
    void endFrame() {
        std::erase_if(m_entries, [](const Entry& entry) { return !entry.isUsed; });
        for (Entry& entry : m_entries) {
            entry.isUsed = false;
        }
    }

private:
    struct Entry {
        LayerSource source;
        int width = 0;
        int height = 0;
        PicturePtr picture;
        bool isUsed = false;
    };

    /// Titles and colours do not change with time.
    static bool looksLike(const LayerSource& a, const LayerSource& b) {
        const auto* first = std::get_if<GeneratorSource>(&a);
        const auto* second = std::get_if<GeneratorSource>(&b);
        return first && second ? first->kind == second->kind && first->parameters == second->parameters : a == b;
    }

    Result<PicturePtr> paintNew(const LayerSource& source, const FramePlan& plan) const {
        if (const auto* generator = std::get_if<GeneratorSource>(&source)) {
            return generator->kind == kTitleKind
                       ? m_painter.paint(titleFrom(generator->parameters), plan.width, plan.height)
                       : m_painter.paintColor(colorFrom(generator->parameters), plan.width, plan.height);
        }
        const auto* offline = std::get_if<OfflineSource>(&source);
        return m_painter.paintSlate(offline ? offline->name : std::string(), plan.width, plan.height);
    }

    TitlePainter m_painter;
    std::vector<Entry> m_entries;
};

std::optional<CompositorChoice> findCompositor(std::string_view name) {
    if (name == "auto") {
        return CompositorChoice::Auto;
    }
    if (name == "cpu") {
        return CompositorChoice::Cpu;
    }
    return name == "vulkan" ? std::optional(CompositorChoice::Vulkan) : std::nullopt;
}

Result<std::unique_ptr<Compositor>> makeCompositor(CompositorChoice choice) {
    if (choice == CompositorChoice::Cpu) {
        return std::unique_ptr<Compositor>(std::make_unique<CpuCompositor>());
    }
    const Result<std::shared_ptr<const VulkanDevice>> device = VulkanDevice::create();
    const bool isWanted = device && (choice == CompositorChoice::Vulkan || !(*device)->isSoftware());
    if (isWanted) {
        Result<std::unique_ptr<VulkanCompositor>> vulkan = VulkanCompositor::create(*device);
        if (vulkan) {
            return std::unique_ptr<Compositor>(std::move(*vulkan));
        }
        if (choice == CompositorChoice::Vulkan) {
            return vulkan.error();
        }
    }
    if (choice == CompositorChoice::Vulkan) {
        return device.error();
    }
    return makeCompositor(CompositorChoice::Cpu);
}

Result<std::unique_ptr<SequenceRenderer>> SequenceRenderer::create(RendererSetup setup) {
    if (!setup.media || !setup.resolveUrl) {
        return Error{ErrorCode::InvalidArgument, {}, "a renderer needs media and a resolver"};
    }
    Result<std::unique_ptr<Compositor>> compositor = makeCompositor(setup.compositor);
    if (!compositor) {
        return compositor.error();
    }
    return std::unique_ptr<SequenceRenderer>(new SequenceRenderer(std::move(setup), std::move(*compositor)));
}

SequenceRenderer::SequenceRenderer(RendererSetup setup, std::unique_ptr<Compositor> compositor)
    : m_setup(std::move(setup)), m_compositor(std::move(compositor)), m_painted(std::make_unique<PaintedPictures>()) {}

SequenceRenderer::~SequenceRenderer() = default;

Result<RenderedFrame> SequenceRenderer::render(const Timeline& timeline, RationalTime time,
                                               const PlanOptions& options) {
    return render(planFrame(timeline, time, options));
}

Result<RenderedFrame> SequenceRenderer::render(const FramePlan& plan) {
    RenderedFrame frame;
    std::vector<PicturePtr> pictures;
    for (const FrameLayer& layer : plan.layers) {
        pictures.push_back(pictureOf(layer, plan, frame));
    }
    m_painted->endFrame();
    Result<FrameImagePtr> image = compose(plan, pictures);
    if (!image) {
        return image.error();
    }
    frame.image = std::move(*image);
    return frame;
}

/// A file's picture, if it can be drawn; what is wrong with it goes to the problems either way.
Result<PicturePtr> SequenceRenderer::pictureOf(const FileSource& file, std::vector<Error>& problems) {
    const std::filesystem::path path = m_setup.resolveUrl(file.url);
    const Result<SourcePicture> shown = m_setup.media->shownAt(path, file.time);
    const Result<ConversionParameters> usable =
        shown ? conversionFor(*shown->picture) : Result<ConversionParameters>(shown.error());
    if (!usable) {
        Error problem = problemWith(file.url, usable.error());
        problem.subject = problem.subject.empty() ? path.string() : problem.subject;
        problems.insert(problems.begin(), problem);
        return problem;
    }
    if (shown->isDamaged) {
        problems.push_back({shown->isCutShort ? ErrorCode::Truncated : ErrorCode::Damaged, path.string(), {}});
    }
    return shown->picture;
}

PicturePtr SequenceRenderer::pictureOf(const FrameLayer& layer, const FramePlan& plan, RenderedFrame& frame) {
    if (const auto* live = std::get_if<LiveSource>(&layer.source)) {
        return m_setup.live ? m_setup.live->at(live->shot, live->fraction) : nullptr;
    }
    LayerSource painted = layer.source;
    if (const auto* file = std::get_if<FileSource>(&layer.source)) {
        if (Result<PicturePtr> picture = pictureOf(*file, frame.problems)) {
            return *std::move(picture);
        }
        painted = OfflineSource{m_setup.resolveUrl(file->url).filename().string(), false};
        frame.hasSlate = true;
    } else if (const auto* offline = std::get_if<OfflineSource>(&layer.source)) {
        frame.problems.insert(
            frame.problems.begin(),
            {offline->isUnmade ? ErrorCode::NotGenerated : ErrorCode::FileNotFound, offline->name, {}});
        frame.hasSlate = true;
    }
    Result<PicturePtr> picture = m_painted->paint(painted, plan);
    if (!picture) {
        frame.problems.insert(frame.problems.begin(), picture.error());
        frame.hasSlate = true;
        return nullptr;
    }
    return *picture;
}

Result<FrameImagePtr> SequenceRenderer::compose(const FramePlan& plan, const std::vector<PicturePtr>& pictures) {
    const bool isAuto = m_setup.compositor == CompositorChoice::Auto;
    Result<FrameImagePtr> image = m_compositor->compose(plan, pictures);
    if (!image && image.error().code == ErrorCode::VulkanFailed) {
        if (Result<std::unique_ptr<Compositor>> again = makeCompositor(m_setup.compositor)) {
            m_compositor = std::move(*again);
            image = m_compositor->compose(plan, pictures);
        }
        if (!image && image.error().code == ErrorCode::VulkanFailed && isAuto) {
            m_compositor = std::make_unique<CpuCompositor>();
            return m_compositor->compose(plan, pictures);
        }
    }
    if (!image && m_compositor->name() != "cpu" && (isAuto || image.error().code == ErrorCode::TooLarge)) {
        if (!m_fallback) {
            m_fallback = std::make_unique<CpuCompositor>();
        }
        image = m_fallback->compose(plan, pictures);
    }
    return image;
}

std::string SequenceRenderer::compositorName() const {
    return m_compositor->name() + (m_fallback ? " + cpu" : "");
}

} // namespace timeline
