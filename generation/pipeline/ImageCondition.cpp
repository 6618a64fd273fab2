#include "generation/pipeline/ImageCondition.h"

#include <ATen/ATen.h>

#include <stdexcept>

namespace generation {

at::Tensor knownFrameChannels(const std::vector<bool>& isKnown, std::int64_t factor, std::int64_t height,
                              std::int64_t width) {
    const auto frames = static_cast<std::int64_t>(isKnown.size());
    if (frames == 0 || (frames - 1) % factor != 0) {
        throw std::invalid_argument("known frames that are not whole latent frames");
    }
    std::vector<float> values(static_cast<std::size_t>(factor - 1), isKnown.front() ? 1.0F : 0.0F);
    for (const bool known : isKnown) {
        values.push_back(known ? 1.0F : 0.0F);
    }
    return at::tensor(values)
        .view({1, -1, factor, 1, 1})
        .transpose(1, 2)
        .expand({1, factor, (frames - 1) / factor + 1, height, width})
        .contiguous();
}

at::Tensor imageCondition(const VideoVae& vae, const at::Tensor& video, const std::vector<bool>& isKnown,
                          const Checkpoint& checkpoint) {
    if (video.dim() != 5 || video.size(2) != static_cast<std::int64_t>(isKnown.size())) {
        throw std::invalid_argument("one flag for each frame is needed");
    }
    const at::Tensor latents = vae.encode(video, checkpoint);
    const at::Tensor mask =
        knownFrameChannels(isKnown, vae.config().temporalFactor(), latents.size(3), latents.size(4));
    return at::cat({mask.to(latents.device()), latents}, 1);
}

} // namespace generation
