#pragma once

#include "generation/device/Cancelled.h"
#include "generation/model/VideoVae.h"

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

/// The mask's channels, then the normalised latents of the clip: [1, factor + z, T, h, w]. video [1, 3, F, H, W] in -1
/// to 1 with 0 (grey) in frames that are not known; isKnown: one for each frame; F = 4 n + 1.
at::Tensor imageCondition(const VideoVae& vae, const at::Tensor& video, const std::vector<bool>& isKnown,
                          const Checkpoint& checkpoint = {});

} // namespace generation
