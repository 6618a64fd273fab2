#pragma once

#include "generation/training/measure/PerceptualHash.h"

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <vector>

namespace generation {

/// What is kept of a video to tell copies of it by: hashes of its first, middle and last frame, but for flat pictures,
/// which are alike by chance. Thread: a value.
using LookPrint = std::vector<measure::PerceptualHash>;

/// video [1, 3, F, H, W].
LookPrint printOf(const at::Tensor& video);

/// A generated frame that shows what a training clip shows.
/// Thread: a value.
struct LookCopy {
    std::size_t stretch = 0; ///< of the training clips
    int distance = 0;        ///< of the perceptual hashes, bits of 256
};

/// Near-copies of training frames among frames of generated videos: a look that repeats its clips instead of their
/// style was trained for too long or from too few.
std::vector<LookCopy> findCopies(const std::vector<LookPrint>& generated, const std::vector<LookPrint>& stretches);

} // namespace generation
