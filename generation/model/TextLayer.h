#pragma once

#include "generation/model/AdaptablePart.h"
#include "generation/model/Configs.h"
#include "generation/weights/WeightReader.h"

#include <ATen/core/Tensor.h>

#include <string>

namespace generation {

/// One block of the UMT5 encoder: attention with a relative position bias of its own, gated feed-forward.
/// Thread: immutable.
class TextLayer {
public:
    TextLayer(const TextEncoderConfig& config, WeightReader& weights, const std::string& prefix);

    /// hidden float32 [B, n, width]; buckets int64 [n, n]; maskBias float32 [B, 1, 1, n], added to the scores.
    at::Tensor forward(const at::Tensor& hidden, const at::Tensor& buckets, const at::Tensor& maskBias) const;

    /// Text encoders take no LoRAs: there is nothing to visit.
    void visit(const std::string& prefix, const PartVisitor& visitor) const;

private:
    at::Tensor attend(const at::Tensor& hidden, const at::Tensor& buckets, const at::Tensor& maskBias) const;
    at::Tensor feedForward(const at::Tensor& hidden) const;

    TextEncoderConfig m_config;
    at::ScalarType m_compute;
    at::Tensor m_attentionNorm, m_ffnNorm;        ///< [width]
    at::Tensor m_query, m_key, m_value, m_output; ///< matrices without bias
    at::Tensor m_relativeBias;                    ///< [buckets, heads]
    at::Tensor m_gate, m_up, m_down;              ///< wi_0, wi_1, wo
};

} // namespace generation
