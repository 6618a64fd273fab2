#pragma once

#include "generation/nn/RotaryEmbedding.h"

#include <ATen/core/Tensor.h>

namespace generation {

// All norms compute in float32 whatever the types of input and output.

/// A LayerNorm's gain and offset, float32; undefined: none.
struct LayerNormWeights {
    at::Tensor gain;
    at::Tensor offset;
};

/// LayerNorm over the last dimension of x, float32 [B, L, D], times gain plus offset -> `out` type [B, L, D].
/// gain and offset are [D], or [1 or B, G, D] where each of the G groups serves L / G consecutive rows, or undefined.
at::Tensor layerNorm(const at::Tensor& x, const LayerNormWeights& weights, double eps, at::ScalarType out);

/// x * gain / sqrt(mean(x^2) + eps) over the last dimension; gain float32 [D]; type and shape of x are kept.
at::Tensor rmsNorm(const at::Tensor& x, const at::Tensor& gain, double eps);

/// RMSNorm over all heads together, then the rotary turn of each head's pairs (no table: none):
/// x [B, L, heads * d] (rows may be strided) -> [B, heads, L, d] of the same type.
struct HeadNorm {
    at::Tensor gain; ///< float32 [heads * d]
    std::int64_t heads;
    double eps;
};
at::Tensor headNorm(const at::Tensor& x, const HeadNorm& norm, const RotaryTable* rotary);

/// The VAE's norm over channels, which are last: x / max(|x|, 1e-12) * sqrt(C) * gain, then SiLU if asked.
/// x [..., C] -> the same shape and type.
enum class Activation : std::uint8_t { None, Silu };
at::Tensor channelNorm(const at::Tensor& x, const at::Tensor& gain, Activation activation);

/// The same with SiLU, written thrice for a convolution over three frames: x [T, H, W, C] and the two normalised
/// frames before it -> [T, H, W, 3 C], whose channel groups are the frames t-2, t-1 and t. History [2, H, W, C]: becomes
/// the last two normalised frames, in new memory.
at::Tensor channelNormStacked(const at::Tensor& x, const at::Tensor& gain, at::Tensor& history);

} // namespace generation
