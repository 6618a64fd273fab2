#pragma once

#include "generation/nn/Kernels.h"

#include <cstdint>

namespace generation::kernels {

// Backward passes of the loops in Kernels.h, one row each, in the same types: values float32 or bfloat16, arithmetic
// float32. What a row adds to the gradient of a parameter is added to a float32 row that the caller keeps.

/// Of layerNorm(): gain may be null (1), and then the sums are.
struct LayerNormGradient {
    LayerNormRow norm;
    const float* gain;
    float* gainSum;
    float* offsetSum;
};
void layerNormGradient(const LayerNormGradient& row, const float* x, const float* dy, float* dx);
void layerNormGradient(const LayerNormGradient& row, const float* x, const Bf16* dy, float* dx);

/// Of addGated(): dy = gate * d; gateSum += d * y. gate is not null.
struct GateRow {
    std::int64_t width;
    const float* gate;
    float* gateSum;
};
void addGatedGradient(GateRow row, const float* d, const float* y, float* dy);
void addGatedGradient(GateRow row, const float* d, const Bf16* y, Bf16* dy);

/// Of geluTanh(): dx = gelu'(x) * dy.
void geluTanhGradient(std::int64_t count, const float* x, const float* dy, float* dx);
void geluTanhGradient(std::int64_t count, const Bf16* x, const Bf16* dy, Bf16* dx);

/// Of softmax(): dp becomes the gradient of the row that was given to it, p is what came out.
void softmaxGradient(std::int64_t count, float scale, const float* p, float* dp);
void softmaxGradient(std::int64_t count, float scale, const Bf16* p, Bf16* dp);

/// Of normRotate(): head h of dy begins at dy + h * headStride. scratch: heads * headDim floats.
struct HeadGradient {
    HeadRow row;
    float* gainSum;
    float* scratch;
};
void normRotateGradient(const HeadGradient& head, const float* x, const float* dy, float* dx);
void normRotateGradient(const HeadGradient& head, const Bf16* x, const Bf16* dy, Bf16* dx);

/// Of channelNorm(), dense rows. scratch: `channels` floats.
struct ChannelGradient {
    ChannelRows rows;
    const float* gain;
    float* gainSum;
    float* scratch;
};
void channelNormGradient(const ChannelGradient& norm, const float* x, const float* dy, float* dx);
void channelNormGradient(const ChannelGradient& norm, const Bf16* x, const Bf16* dy, Bf16* dx);

} // namespace generation::kernels
