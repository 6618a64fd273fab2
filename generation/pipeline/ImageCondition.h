#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace generation {

// What image-to-video models with more input than output channels are told (Wan 2.1 I2V and FLF2V, Wan 2.2 I2V-A14B;
// engine spec 3.9). The transformer's input is latents and these channels: at::cat({latents, condition}, 1), the same
// condition at every step and for every prompt.

/// Which frames are known, for each latent frame: [1, factor, T, h, w] of 1 and 0. A latent frame has one channel for
/// each of the `factor` frames it stands for; the first stands for one frame, four times.
at::Tensor knownFrameChannels(const std::vector<bool>& isKnown, std::int64_t factor, std::int64_t height,
                              std::int64_t width);

} // namespace generation
