#pragma once

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace generation {

// What the config.json files of a model folder say, in their own words. Each parse function checks every number
// against a sane range and throws WeightsError(file, reason); unknown fields are ignored.

/// transformer/config.json (WanTransformer3DModel, WanVACETransformer3DModel).
struct TransformerConfig {
    std::int64_t heads = 0;
    std::int64_t headDim = 0;
    std::int64_t inChannels = 0;
    std::int64_t outChannels = 0;
    std::int64_t textDim = 0;
    std::int64_t freqDim = 256;
    std::int64_t ffnDim = 0;
    std::int64_t layers = 0;
    std::array<std::int64_t, 3> patch{1, 2, 2};
    double eps = 1e-6;
    bool crossAttentionNorm = true;
    std::int64_t ropeMaxLength = 1024;
    std::vector<std::int64_t> vaceLayers; ///< empty: no control branch
    std::int64_t vaceInChannels = 0;
    std::int64_t imageDim = 0; ///< 0: no image branch
    std::int64_t imagePositions = 0;

    std::int64_t width() const { return heads * headDim; }
    bool hasControl() const { return !vaceLayers.empty(); }

    bool operator==(const TransformerConfig&) const = default;
};

TransformerConfig parseTransformerConfig(const nlohmann::json& json, const std::string& file);

/// vae/config.json (AutoencoderKLWan), both types.
struct VaeConfig {
    std::int64_t baseDim = 96;
    std::int64_t decoderBaseDim = 96;
    std::int64_t latentChannels = 16;
    std::vector<std::int64_t> dimMultipliers{1, 2, 4, 4};
    std::int64_t residualBlocks = 2;
    std::vector<bool> temporalDownsample{false, true, true};
    std::int64_t inChannels = 3;
    std::int64_t outChannels = 3;
    std::int64_t patch = 1;
    bool isResidual = false; ///< the 2.2 type: shortcuts around whole blocks
    std::vector<double> latentsMean;
    std::vector<double> latentsStd;
    std::vector<std::array<double, 3>> latentRgbFactors; ///< ours: one row a channel; empty: none known
    std::array<double, 3> latentRgbBias{};

    std::int64_t spatialFactor() const;  ///< pixels per latent: 8 or 16
    std::int64_t temporalFactor() const; ///< frames per latent frame after the first: 4
};

VaeConfig parseVaeConfig(const nlohmann::json& json, const std::string& file);

/// text_encoder/config.json (UMT5EncoderModel).
struct TextEncoderConfig {
    std::int64_t vocabulary = 0;
    std::int64_t width = 0;
    std::int64_t headDim = 0;
    std::int64_t heads = 0;
    std::int64_t ffnDim = 0;
    std::int64_t layers = 0;
    std::int64_t buckets = 32;
    std::int64_t maxDistance = 128;
    double eps = 1e-6;
};

TextEncoderConfig parseTextEncoderConfig(const nlohmann::json& json, const std::string& file);

/// image_encoder/config.json (CLIPVisionModel, alone or as the "vision_config" of a CLIP model).
struct ImageEncoderConfig {
    std::int64_t width = 0;
    std::int64_t ffnDim = 0;
    std::int64_t layers = 0;
    std::int64_t heads = 0;
    std::int64_t imageSize = 224;
    std::int64_t patch = 14;
    double eps = 1e-5;

    std::int64_t tokens() const { return (imageSize / patch) * (imageSize / patch) + 1; }
};

ImageEncoderConfig parseImageEncoderConfig(const nlohmann::json& json, const std::string& file);

} // namespace generation
