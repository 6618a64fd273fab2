#pragma once

#include "generation/nn/CausalConv3d.h"
#include "generation/weights/WeightReader.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace generation {

// The parts of the tiny autoencoder TAEHV (engine spec 8.2). Pictures are [T, H, W, C] of the compute type.

/// Three convolutions over a frame and the frame before it, plus the frame.
/// Thread: immutable; each clip has its own FeatureCache.
struct TinyMemoryBlock {
    Conv2d conv0, conv2, conv4;

    static TinyMemoryBlock read(WeightReader& weights, const std::string& prefix, std::int64_t channels);
    at::Tensor operator()(const at::Tensor& x, FeatureCache& cache) const;
};

/// A level of the decoder: memory blocks, a 1x1 convolution that makes several frames of one, twice the size, and the
/// way to the next level's channels.
/// Thread: immutable.
struct TinyDecoderLevel {
    std::vector<TinyMemoryBlock> blocks;
    Conv2d grow; ///< [frames * channels, channels, 1, 1]: earlier frames first
    Conv2d next;

    std::int64_t frames() const { return grow.weight.size(0) / grow.weight.size(1); }
    /// grows: false leaves only the last frame of those that `grow` would make.
    at::Tensor operator()(const at::Tensor& x, FeatureCache& cache, bool grows) const;
};

/// A level of the encoder: several frames become one, half the size, memory blocks.
/// Thread: immutable.
struct TinyEncoderLevel {
    Conv2d pool; ///< [channels, frames * channels, 1, 1]
    Conv2d half; ///< stride 2
    std::vector<TinyMemoryBlock> blocks;

    std::int64_t frames() const { return pool.weight.size(1) / pool.weight.size(0); }
    at::Tensor operator()(const at::Tensor& x, FeatureCache& cache) const;
};

/// Reads `name`.weight [out, in, k, k] and, if it has one, `name`.bias.
enum class TinyBias : std::uint8_t { None, Has };
Conv2d readTinyConv(WeightReader& weights, const std::string& name, std::vector<std::int64_t> shape, TinyBias bias);

} // namespace generation
