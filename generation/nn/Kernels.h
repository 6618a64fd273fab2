#pragma once

#include <cstdint>

namespace generation::kernels {

// Plain loops over rows in memory for the CPU, in vector instructions of the machine they run on. Values are float32
// or bfloat16 (as its 16 bits); arithmetic is float32. The functions in Norms.h, Attention.h and Elementwise.h check
// shapes, split the rows over threads and call these.

using Bf16 = std::uint16_t;

/// out = (x - mean) / sqrt(variance + eps) * gain + offset over one row of `width`. gain and offset may be null (1, 0).
struct LayerNormRow {
    std::int64_t width;
    float eps;
};
void layerNorm(LayerNormRow norm, const float* x, const float* gain, const float* offset, float* out);
void layerNorm(LayerNormRow norm, const float* x, const float* gain, const float* offset, Bf16* out);

/// x[i] += gate[i] * y[i]; a null gate is 1.
void addGated(std::int64_t width, float* x, const float* y, const float* gate);
void addGated(std::int64_t width, float* x, const Bf16* y, const float* gate);

/// x = gelu(x), the tanh form.
void geluTanh(std::int64_t count, float* x);
void geluTanh(std::int64_t count, Bf16* x);

/// x = softmax(scale * x) over one row.
void softmax(std::int64_t count, float scale, float* x);
void softmax(std::int64_t count, float scale, Bf16* x);

/// One row of all heads: x * gain / sqrt(mean(x^2) + eps), then each pair of each head turned by its angle, head h
/// written to out + h * headStride. A null cos leaves the pairs as they are.
struct HeadRow {
    std::int64_t heads;
    std::int64_t headDim;
    std::int64_t headStride;
    float eps;
    const float* gain; ///< heads * headDim
    const float* cos;  ///< headDim / 2
    const float* sin;
};
void normRotate(const HeadRow& row, const float* x, float* out);
void normRotate(const HeadRow& row, const Bf16* x, Bf16* out);

/// silu(x / max(|x|, 1e-12) * gain) for `count` rows of `channels`; row r goes to out + r * outStride.
struct ChannelRows {
    std::int64_t count;
    std::int64_t channels;
    std::int64_t outStride;
    bool silu;
};
void channelNorm(ChannelRows rows, const float* x, const float* gain, float* out);
void channelNorm(ChannelRows rows, const Bf16* x, const float* gain, Bf16* out);

} // namespace generation::kernels
