#include "generation/training/LookExamples.h"

#include "generation/pipeline/JobError.h"
#include "generation/pipeline/Pictures.h"
#include "generation/pipeline/ShotPlan.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>

namespace generation {

namespace {

constexpr std::int64_t kMostWindows = 8; // of one clip

/// The largest 4n + 1 that is not more.
std::int64_t legalFrames(std::int64_t frames) {
    return (std::max<std::int64_t>(1, frames) - 1) / 4 * 4 + 1;
}

std::int64_t legalSize(std::int64_t size, std::int64_t factor) {
    return std::max(factor, size / factor * factor);
}

/// factor: pixels of a token, a side.
ShotPlan windowPlan(const ModelCard& card, std::int64_t factor, std::int64_t first, std::int64_t frames) {
    ShotPlan plan;
    plan.width = plan.legalWidth = static_cast<int>(legalSize(card.width, factor));
    plan.height = plan.legalHeight = static_cast<int>(legalSize(card.height, factor));
    plan.frames = plan.legalFrames = frames;
    plan.firstFrame = first;
    plan.fpsNumerator = card.fpsNumerator;
    plan.fpsDenominator = card.fpsDenominator;
    return plan;
}

void addWindows(std::vector<LookWindow>& windows, const FrameSet& set, const std::string& caption,
                const std::pair<const ModelCard&, std::int64_t>& model) {
    const auto& [card, factor] = model;
    const double seconds = static_cast<double>(set.frames) * static_cast<double>(set.fpsDenominator) /
                           static_cast<double>(set.fpsNumerator);
    const auto there = static_cast<std::int64_t>(
        seconds * static_cast<double>(card.fpsNumerator) / static_cast<double>(card.fpsDenominator) + 1e-6);
    const std::int64_t frames = set.frames == 1 ? 1 : legalFrames(std::min(card.frames, there));
    const std::int64_t step = std::max<std::int64_t>(1, frames / 2);
    for (std::int64_t i = 0; i < kMostWindows; ++i) {
        const std::int64_t first = i * step;
        if (i > 0 && (frames == 1 || first + frames > there)) {
            break;
        }
        windows.push_back({planVideo(set, windowPlan(card, factor, first, frames)), caption});
    }
}

bool knows(const ModelCard& card, const char* condition) {
    return card.hasControl && card.allows({condition});
}

} // namespace

std::vector<LookWindow> lookWindows(const LookJob& job, const LookClip& clip, const ModelCard& card,
                                    std::int64_t tokenPixels) {
    const FrameSet set = readInput(clip.path);
    if (set.frames < 1 || set.width < 8 || set.height < 8) {
        throw JobError("bad-input", clip.path + ": too small to learn from");
    }
    const std::string caption = clip.caption.empty() ? job.caption : clip.caption + ", " + job.caption;
    std::vector<LookWindow> windows;
    addWindows(windows, set, caption, {card, tokenPixels});
    return windows;
}

std::vector<LatentExample> lookExamples(const LookWindow& window, const ModelCard& card, const PixelCodec& codec) {
    const c10::NoGradGuard quiet;
    ControlBuilder controls;
    std::vector<LatentExample> examples;
    LatentExample plain;
    plain.target = codec.encode(window.video).squeeze(0).to(at::kCPU, at::kHalf);
    plain.captions = plain.controlCaptions = {window.caption};
    const auto addControlled = [&](const at::Tensor& video) {
        LatentExample example = plain;
        const at::Tensor mask = at::ones({1, 1, video.size(2), video.size(3), video.size(4)});
        example.control = controls.build({video, mask, {}}, codec).squeeze(0).to(at::kCPU, at::kHalf);
        examples.push_back(std::move(example));
    };
    if (card.hasControl && !card.textOnlyWithoutControl) {
        addControlled(at::zeros_like(window.video));
    } else {
        examples.push_back(plain);
    }
    if (knows(card, "luma")) {
        addControlled(lumaControl(window.video));
    }
    if (knows(card, "edges")) {
        addControlled(edgesControl(window.video));
    }
    return examples;
}

} // namespace generation
