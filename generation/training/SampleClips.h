#pragma once

#include "generation/training/TransformerTrainee.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace generation {

/// How validation clips are made.
/// Thread: a value.
struct Sampling {
    int steps = 20;
    double shift = 2.0;
    double guidance = 2.5;
    std::uint64_t seed = 1;
    at::IntArrayRef latentShape = {}; ///< [C, T, h, w], reference frames in front among T
    at::Tensor control = {};          ///< [1, channels, T, h, w]; undefined: text alone
};

/// Latents [n, C, T, h, w] for n prompts by plain Euler steps with guidance, text alone.
at::Tensor sampleLatents(const VideoTransformer& transformer, const at::Tensor& text, const at::Tensor& empty,
                         const Sampling& sampling);

/// Writes videos [1, 3, F, H, W] as a sheet: a row a clip, five of its frames from left to right.
void writeContactSheet(const std::string& path, const std::vector<at::Tensor>& videos);

} // namespace generation
