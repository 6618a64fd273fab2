#pragma once

#include "generation/nn/CausalConv3d.h"
#include "generation/nn/Cells.h"
#include "generation/weights/WeightReader.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace generation {

// The building blocks of the video autoencoder. Pictures are [T, H, W, C] of the compute type; a pass works on one
// group of frames, and a FeatureCache carries what the next group needs.

/// Reads weights of the autoencoder.
struct VaeReader {
    WeightReader& weights;

    CausalConv3d causal(const std::string& name, std::int64_t out, std::int64_t in, std::int64_t kernel = 3) const;
    Conv2d flat(const std::string& name, std::int64_t out, std::int64_t in,
                std::int64_t kernel) const;                                             ///< stored [.., k, k]
    Conv2d pointwise(const std::string& name, std::int64_t out, std::int64_t in) const; ///< stored [.., 1, 1, 1]
    at::Tensor gain(const std::string& name, std::int64_t channels, int dimensions) const;
};

/// norm, SiLU, conv, norm, SiLU, conv, plus the input (through a 1x1x1 conv where widths differ). A few frames go all
/// the way before the next, so that they stay in a cache.
struct VaeResidualBlock {
    at::Tensor gain1, gain2;
    CausalConv3d conv1, conv2;
    Conv2d shortcut;

    static VaeResidualBlock read(const VaeReader& reader, const std::string& prefix, std::int64_t in, std::int64_t out);
    at::Tensor operator()(const at::Tensor& x, FeatureCache& cache) const;
};

/// One head of attention over each frame's positions, plus the input.
struct VaeAttention {
    at::Tensor gain;
    Conv2d queryKeyValue, projection;

    static VaeAttention read(const VaeReader& reader, const std::string& prefix, std::int64_t channels);
    at::Tensor operator()(const at::Tensor& x) const;
};

struct VaeMiddle {
    VaeResidualBlock before, after;
    VaeAttention attention;

    static VaeMiddle read(const VaeReader& reader, const std::string& prefix, std::int64_t channels);
    at::Tensor operator()(const at::Tensor& x, FeatureCache& cache) const;
};

/// Halves height and width; halves time too where it has a time convolution (not for the first frame).
struct VaeDownsampler {
    Conv2d space;
    CausalConv3d time;

    static VaeDownsampler read(const VaeReader& reader, const std::string& prefix, std::int64_t channels, bool inTime);
    at::Tensor operator()(const at::Tensor& x, FeatureCache& cache) const;
};

/// Doubles time where it has a time convolution (not for the first frame), then height and width.
struct VaeUpsampler {
    CausalConv3d time;
    Conv2d space;

    static VaeUpsampler read(const VaeReader& reader, const std::string& prefix, std::int64_t in, std::int64_t out,
                             bool inTime);
    at::Tensor operator()(const at::Tensor& x, FeatureCache& cache) const;
};

/// Factors by which a whole-block shortcut of the residual type changes the picture's size.
using VaeScale = CellSize;

/// Space and time to depth, then means over groups of channels (AvgDown3D): [T, H, W, in] -> [T', H', W', out].
at::Tensor averageDown(const at::Tensor& x, std::int64_t out, VaeScale scale);

/// Channels repeated, then depth to space and time (DupUp3D); the first group loses the frames before its first.
at::Tensor duplicateUp(const at::Tensor& x, std::int64_t out, VaeScale scale, bool isFirst);

// y += the same, in one pass where there is a loop for it.
void addAverageDown(at::Tensor& y, const at::Tensor& x, VaeScale scale);
void addDuplicateUp(at::Tensor& y, const at::Tensor& x, VaeScale scale, bool isFirst);

} // namespace generation
