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

} // namespace

at::Tensor promptShare(const std::vector<PromptSpan>& prompts, std::int64_t frames, std::int64_t latentFrames,
                       std::int64_t references) {
    const auto count = static_cast<std::int64_t>(prompts.size());
    at::Tensor share = at::zeros({count, references + latentFrames}, at::kFloat);
    auto at = share.accessor<float, 2>();
    for (std::int64_t frame = 0; frame < 1 + 4 * (latentFrames - 1); ++frame) {
        std::vector<std::int64_t> distances;
        for (const PromptSpan& span : prompts) {
            distances.push_back(distance(span, std::min(frame, frames - 1))); // padding frames repeat the last one
        }
        const std::int64_t nearest = *std::min_element(distances.begin(), distances.end());
        const auto sharing = static_cast<float>(std::count(distances.begin(), distances.end(), nearest));
        const std::int64_t latent = (frame + 3) / 4;
        const float framesOfLatent = latent == 0 ? 1.0F : 4.0F;
        for (std::int64_t p = 0; p < count; ++p) {
            if (distances[static_cast<std::size_t>(p)] == nearest) {
                at[p][references + latent] += 1.0F / (sharing * framesOfLatent);
            }
        }
    }
    share.narrow(1, 0, references).fill_(1.0 / static_cast<double>(count));
    return share;
}

} // namespace generation
