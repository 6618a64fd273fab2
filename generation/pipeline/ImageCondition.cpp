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

} // namespace generation
