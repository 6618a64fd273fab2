#include "generation/pipeline/PromptShare.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>

namespace generation {
namespace {

/// Frames between `frame` and the span; 0 inside it.
std::int64_t distance(const PromptSpan& span, std::int64_t frame) {
    const std::int64_t end = span.endFrame == 0 ? std::numeric_limits<std::int64_t>::max() : span.endFrame;
    return frame < span.firstFrame ? span.firstFrame - frame : std::max<std::int64_t>(0, frame - end + 1);
}

/// Which texts a frame of the shot belongs to: parts that sum to 1.
std::vector<double> partsOf(const std::vector<PromptSpan>& prompts, const std::vector<std::string>& texts,
                            std::int64_t frame) {
    std::vector<std::int64_t> distances;
    for (const PromptSpan& span : prompts) {
        distances.push_back(distance(span, frame));
    }
    const std::int64_t nearest = *std::min_element(distances.begin(), distances.end());
    const auto sharing = static_cast<double>(std::count(distances.begin(), distances.end(), nearest));
    std::vector<double> parts(texts.size(), 0.0);
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        const auto text = std::find(texts.begin(), texts.end(), prompts[i].text) - texts.begin();
        parts[static_cast<std::size_t>(text)] += distances[i] == nearest ? 1.0 / sharing : 0.0;
    }
    return parts;
}

} // namespace

std::vector<std::string> distinctTexts(const std::vector<PromptSpan>& prompts) {
    std::vector<std::string> texts;
    for (const PromptSpan& span : prompts) {
        if (std::find(texts.begin(), texts.end(), span.text) == texts.end()) {
            texts.push_back(span.text);
        }
    }
    return texts;
}

at::Tensor promptShare(const std::vector<PromptSpan>& prompts, const ShareFrames& of) {
    const std::vector<std::string> texts = distinctTexts(prompts);
    const auto count = static_cast<std::int64_t>(texts.size());
    at::Tensor share = at::zeros({count, of.references + of.latentFrames}, at::kFloat);
    auto at = share.accessor<float, 2>();
    const std::int64_t pixels = 1 + 4 * (of.latentFrames - 1);
    std::vector<std::vector<double>> ofFrame;
    for (std::int64_t frame = 0; frame < of.frames; ++frame) {
        ofFrame.push_back(partsOf(prompts, texts, frame));
    }
    for (std::int64_t frame = 0; frame < pixels; ++frame) {
        const std::int64_t latent = (frame + 3) / 4;
        // A frame looks at those around it: a step at the border becomes a ramp as long as the blend.
        const std::int64_t around = std::min(of.blend / 2, of.frames); // beyond it the ends repeat
        const double weight = 1.0 / ((latent == 0 ? 1.0 : 4.0) * static_cast<double>(2 * around + 1));
        for (std::int64_t offset = -around; offset <= around; ++offset) {
            const std::int64_t seen = std::clamp<std::int64_t>(frame + offset, 0, of.frames - 1);
            const std::vector<double>& parts = ofFrame[static_cast<std::size_t>(seen)];
            for (std::int64_t p = 0; p < count; ++p) {
                at[p][of.references + latent] += static_cast<float>(weight * parts[static_cast<std::size_t>(p)]);
            }
        }
    }
    share.narrow(1, 0, of.references).fill_(1.0 / static_cast<double>(count));
    // Sums of parts round; a frame that belongs to one prompt must belong to it wholly.
    share = at::where(share.gt(1.0F - 1e-5F), at::ones_like(share), share);
    return at::where(share.lt(1e-5F), at::zeros_like(share), share);
}

} // namespace generation
