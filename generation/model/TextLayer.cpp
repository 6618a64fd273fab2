#include "generation/model/TextLayer.h"

#include "generation/nn/Attention.h"
#include "generation/nn/Elementwise.h"
#include "generation/nn/Norms.h"

#include <ATen/ATen.h>

namespace generation {

TextAttention::TextAttention(const TextEncoderConfig& config, WeightReader& weights, const std::string& prefix)
    : m_config(config), m_compute(weights.device().compute) {
    const std::int64_t width = config.width;
    const std::int64_t inner = config.heads * config.headDim;
    const std::string attention = prefix + "layer.0.SelfAttention.";
    m_norm = weights.vector(prefix + "layer.0.layer_norm.weight", {width});
    m_query = weights.matrix(attention + "q.weight", {inner, width});
    m_key = weights.matrix(attention + "k.weight", {inner, width});
    m_value = weights.matrix(attention + "v.weight", {inner, width});
    const std::vector<std::int64_t> shape{width, inner};
    // float16 does not hold what this gives.
    m_output = m_compute == at::kHalf ? weights.vector(attention + "o.weight", shape)
                                      : weights.matrix(attention + "o.weight", shape);
    m_relativeBias = weights.vector(attention + "relative_attention_bias.weight", {config.buckets, config.heads});
}

at::Tensor TextAttention::forward(const at::Tensor& hidden, const at::Tensor& buckets,
                                  const at::Tensor& maskBias) const {
    const std::int64_t length = hidden.size(1);
    const at::Tensor normed = rmsNorm(hidden, m_norm, m_config.eps).to(m_compute);
    const auto heads = [&](const at::Tensor& weight) {
        return at::linear(normed, weight).view({-1, length, m_config.heads, m_config.headDim}).transpose(1, 2);
    };
    const at::Tensor bias = m_relativeBias.index_select(0, buckets.flatten()).view({length, length, m_config.heads});
    const at::Tensor mask = bias.permute({2, 0, 1}).unsqueeze(0) + maskBias;
    // There is no 1 / sqrt(d) in T5: it is part of the trained weights.
    const at::Tensor attended = attention(heads(m_query), heads(m_key), heads(m_value), 1.0, mask);
    return at::linear(attended.to(m_output.scalar_type()), m_output);
}

TextGate::TextGate(const TextEncoderConfig& config, WeightReader& weights, const std::string& prefix)
    : m_eps(config.eps), m_compute(weights.device().compute) {
    const std::string ffn = prefix + "layer.1.DenseReluDense.";
    m_norm = weights.vector(prefix + "layer.1.layer_norm.weight", {config.width});
    m_gate = weights.matrix(ffn + "wi_0.weight", {config.ffnDim, config.width});
    m_up = weights.matrix(ffn + "wi_1.weight", {config.ffnDim, config.width});
}

at::Tensor TextGate::forward(const at::Tensor& hidden) const {
    const at::Tensor normed = rmsNorm(hidden, m_norm, m_eps).to(m_compute);
    at::Tensor gate = at::linear(normed, m_gate);
    geluTanhInPlace(gate);
    // float16 does not hold this product (the published code keeps what follows wide, too).
    gate = m_compute == at::kHalf ? gate.to(at::kFloat) : gate;
    return gate.mul_(at::linear(normed, m_up));
}

TextDown::TextDown(const TextEncoderConfig& config, WeightReader& weights, const std::string& prefix) {
    const std::string name = prefix + "layer.1.DenseReluDense.wo.weight";
    const std::vector<std::int64_t> shape{config.width, config.ffnDim};
    m_down = weights.device().compute == at::kHalf ? weights.vector(name, shape) : weights.matrix(name, shape);
}

at::Tensor TextDown::forward(const at::Tensor& gated) const {
    return at::linear(gated, m_down);
}

} // namespace generation
