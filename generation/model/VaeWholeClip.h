#pragma once

#include "generation/model/VaeNetworks.h"

#include <ATen/core/Tensor.h>

namespace generation {

// The autoencoder over whole clips at once, as training needs it: batches, nothing kept between groups of frames,
// nothing changed in place. The same numbers as group by group, because what a causal network sees of the frames before
// the first is nothing: convolutions have two frames of zeros in front; time is doubled of all frames but the first,
// which leaves no trace of itself; time is halved of all frames from the first on without zeros, and the first stays as
// it is; means over time have one frame of zeros in front.

/// Patchified pictures [B, T, H, W, C], T = 4n + 1 -> moments [B, n + 1, h, w, 2 z].
at::Tensor encodeWholeClips(const VaeEncoder& encoder, const at::Tensor& clips);

/// Latents [B, n + 1, h, w, z] -> patchified pictures [B, 4n + 1, H, W, C].
at::Tensor decodeWholeClips(const VaeDecoder& decoder, const at::Tensor& latents);

} // namespace generation
