#pragma once

#include "generation/training/LookExamples.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace generation {

/// A generated frame that shows what a training clip shows.
/// Thread: a value.
struct LookCopy {
    std::size_t window = 0; ///< of the training clips
    int distance = 0;       ///< of the perceptual hashes, bits of 256
};

/// Near-copies of training frames among frames of generated videos [1, 3, F, H, W]: a look that repeats its clips
/// instead of their style was trained for too long or from too few. Flat pictures, which are alike by chance, do not
/// count.
std::vector<LookCopy> findCopies(const std::vector<at::Tensor>& generated, const std::vector<LookWindow>& windows);

} // namespace generation
