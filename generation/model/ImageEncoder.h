#pragma once

#include "generation/device/Device.h"
#include "generation/model/BlockStack.h"
#include "generation/model/Configs.h"
#include "generation/model/WeightResidency.h"
#include "generation/nn/Linear.h"
#include "generation/nn/Norms.h"
#include "generation/weights/WeightReader.h"

#include <ATen/core/Tensor.h>

#include <string>

namespace generation {

/// One block of the image encoder: attention and feed-forward, each after a norm.
/// Thread: immutable.
class ImageLayer {
public:
    ImageLayer(const ImageEncoderConfig& config, WeightReader& weights, const std::string& prefix);

    /// float32 [B, n, width] -> the same; works in x's memory.
    at::Tensor forward(at::Tensor x) const;

    /// Image encoders take no LoRAs: there is nothing to visit.
    void visit(const std::string& prefix, const PartVisitor& visitor) const;

private:
    std::int64_t m_heads;
    double m_eps;
    at::ScalarType m_compute;
    LayerNormWeights m_attentionNorm, m_ffnNorm;
    Linear m_queryKeyValue, m_out, m_up, m_down;
};

/// The CLIP vision transformer (ViT-H/14) whose features Wan 2.1's image branch attends to: the tokens before the last
/// block, without the final norm (diffusers: hidden_states[-2]; Wan: use_31_block). The last block is never read.
/// Thread: immutable after construction; one call at a time is best.
class ImageEncoder {
public:
    ImageEncoder(const ImageEncoderConfig& config, WeightReader& weights,
                 WeightResidency residency = WeightResidency::Resident);

    const ImageEncoderConfig& config() const { return m_config; }

    /// [B, 3, H, W] in -1 to 1, of any size -> [B, 3, S, S] as encode() wants it: the short side scaled to S (bicubic
    /// with antialiasing), the centre, CLIP's mean and deviation (CLIPImageProcessor).
    at::Tensor prepare(const at::Tensor& image) const;

    /// A prepared image -> float32 [B, tokens, width]; the first token is the class token.
    at::Tensor encode(const at::Tensor& prepared) const;

private:
    ImageEncoderConfig m_config;
    Device m_device;
    at::Tensor m_classToken; ///< [width]
    at::Tensor m_positions;  ///< [tokens, width]
    Linear m_patchEmbedding; ///< without bias
    LayerNormWeights m_firstNorm;
    BlockStack<ImageLayer, ImageEncoderConfig> m_layers;
};

} // namespace generation
