#include "generation/training/Footage.h"

#include <ATen/ATen.h>

namespace generation {

measure::Footage footageOf(const at::Tensor& video) {
    const at::Tensor pixels =
        video.squeeze(0).to(at::kCPU, at::kFloat).add(1.0).mul(0.5).clamp(0.0, 1.0).permute({1, 2, 3, 0}).contiguous();
    return measure::footageOf(
        pixels.data_ptr<float>(),
        {static_cast<int>(pixels.size(0)), static_cast<int>(pixels.size(1)), static_cast<int>(pixels.size(2))});
}

} // namespace generation
