#pragma once

#include "generation/training/measure/Footage.h"

#include <ATen/core/Tensor.h>

namespace generation {

/// A video [1, 3, F, H, W] in -1 to 1 as frames to be measured.
measure::Footage footageOf(const at::Tensor& video);

} // namespace generation
