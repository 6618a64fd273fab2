#pragma once

#include "generation/device/Device.h"
#include "generation/model/Configs.h"
#include "generation/nn/Linear.h"
#include "generation/weights/WeightReader.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace generation {

/// The UMT5 encoder: token ids to rows of text features.
/// Thread: immutable after construction; any thread, one call at a time is best.
class TextEncoder {
public:
    TextEncoder(const TextEncoderConfig& config, WeightReader& weights);

    const TextEncoderConfig& config() const { return m_config; }

    /// ids: real tokens with the closing EOS, no padding -> float32 [1, length, width]; rows after the tokens are zero,
    /// as the transformer was trained with. More tokens than `length` are an std::invalid_argument, as are ids
    /// outside the vocabulary.
    at::Tensor encode(const std::vector<std::int64_t>& ids, std::int64_t length) const;

    /// ids [B, n], mask [B, n] (1 = real) -> float32 [B, n, width]: the published form with padding inside.
    at::Tensor encodeMasked(const at::Tensor& ids, const at::Tensor& mask) const;

private:
    struct Layer {
        at::Tensor attentionNorm, ffnNorm;    // [width]
        at::Tensor query, key, value, output; // matrices without bias
        at::Tensor relativeBias;              // [buckets, heads]
        at::Tensor gate, up, down;            // wi_0, wi_1, wo
    };

    at::Tensor layerForward(const Layer& layer, const at::Tensor& hidden, const at::Tensor& buckets,
                            const at::Tensor& maskBias) const;

    TextEncoderConfig m_config;
    Device m_device;
    at::Tensor m_embedding;
    std::vector<Layer> m_layers;
    at::Tensor m_finalNorm;
};

/// Bucket of each relative position key - query: int64 in, int64 of the same shape out.
at::Tensor relativePositionBuckets(const at::Tensor& distance, std::int64_t buckets, std::int64_t maxDistance);

} // namespace generation
