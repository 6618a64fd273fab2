#pragma once

#include "generation/model/Configs.h"
#include "generation/model/VaeParts.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace generation {

/// The encoder half: a group of patchified frames [T, H, W, C] to latent moments [T', H', W', 2 z].
/// Thread: immutable; each clip has its own FeatureCache.
struct VaeEncoder {
    struct Level {
        std::vector<VaeResidualBlock> blocks;
        VaeDownsampler downsampler; ///< its space conv is undefined in the last level
        bool hasShortcut = false;   ///< the residual type: averageDown of the input is added
        VaeScale scale;
        std::int64_t out = 0;
    };

    VaeEncoder(const VaeConfig& config, WeightReader& weights);

    /// The first group has one frame, later ones four.
    at::Tensor operator()(const at::Tensor& frames, FeatureCache& cache) const;

    CausalConv3d convIn, convOut;
    std::vector<Level> levels;
    VaeMiddle middle;
    at::Tensor outGain;
    Conv2d quant; ///< applied to each frame on its own, after the rest
};

/// The decoder half: one latent frame [1, h, w, z] to its frames [1 or 4, H, W, C], still patchified.
/// Thread: immutable; each clip has its own FeatureCache.
struct VaeDecoder {
    struct Level {
        std::vector<VaeResidualBlock> blocks;
        VaeUpsampler upsampler; ///< its space conv is undefined in the last level
        bool hasShortcut = false;
        VaeScale scale;
        std::int64_t out = 0;
    };

    VaeDecoder(const VaeConfig& config, WeightReader& weights);

    at::Tensor operator()(const at::Tensor& latent, FeatureCache& cache, bool isFirst) const;

    Conv2d postQuant;
    CausalConv3d convIn, convOut;
    VaeMiddle middle;
    std::vector<Level> levels;
    at::Tensor outGain;
};

} // namespace generation
