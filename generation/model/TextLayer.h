#pragma once

#include "generation/model/AdaptablePart.h"
#include "generation/model/Configs.h"
#include "generation/weights/WeightReader.h"

#include <ATen/core/Tensor.h>

#include <string>

namespace generation {

// One block of the UMT5 encoder, in three parts: read one by one, each is far smaller than the block. Text encoders
// take no LoRAs, so there is nothing to visit.

/// Attention with a relative position bias of its own.
/// Thread: immutable.
class TextAttention {
public:
    TextAttention(const TextEncoderConfig& config, WeightReader& weights, const std::string& prefix);

    /// hidden float32 [B, n, width] -> what is added to it; buckets int64 [n, n]; maskBias float32 [B, 1, 1, n], added
    /// to the scores.
    at::Tensor forward(const at::Tensor& hidden, const at::Tensor& buckets, const at::Tensor& maskBias) const;

    void visit(const std::string&, const PartVisitor&) const {}

private:
    TextEncoderConfig m_config;
    at::ScalarType m_compute;
    at::Tensor m_norm;                            ///< [width]
    at::Tensor m_query, m_key, m_value, m_output; ///< matrices without bias
    at::Tensor m_relativeBias;                    ///< [buckets, heads]
};

/// The first half of the gated feed-forward.
/// Thread: immutable.
class TextGate {
public:
    TextGate(const TextEncoderConfig& config, WeightReader& weights, const std::string& prefix);

    /// hidden float32 [B, n, width] -> [B, n, ffnDim] as TextDown takes it.
    at::Tensor forward(const at::Tensor& hidden) const;

    void visit(const std::string&, const PartVisitor&) const {}

private:
    double m_eps;
    at::ScalarType m_compute;
    at::Tensor m_norm;       ///< [width]
    at::Tensor m_gate, m_up; ///< wi_0, wi_1
};

/// The second half.
/// Thread: immutable.
class TextDown {
public:
    TextDown(const TextEncoderConfig& config, WeightReader& weights, const std::string& prefix);

    /// [B, n, ffnDim] -> what is added to the hidden state, [B, n, width].
    at::Tensor forward(const at::Tensor& gated) const;

    void visit(const std::string&, const PartVisitor&) const {}

private:
    at::Tensor m_down; ///< wo
};

} // namespace generation
