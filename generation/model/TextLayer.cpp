#include "generation/model/TextLayer.h"

#include "generation/nn/Attention.h"
#include "generation/nn/Elementwise.h"
#include "generation/nn/Norms.h"

#include <ATen/ATen.h>

namespace generation {

TextLayer::TextLayer(const TextEncoderConfig& config, WeightReader& weights, const std::string& prefix)
    : m_config(config), m_compute(weights.device().compute) {
    const std::int64_t width = config.width;
    const std::int64_t inner = config.heads * config.headDim;
    const std::string attention = prefix + "layer.0.SelfAttention.";
    const std::string ffn = prefix + "layer.1.DenseReluDense.";
    m_attentionNorm = weights.vector(prefix + "layer.0.layer_norm.weight", {width});
    m_query = weights.matrix(attention + "q.weight", {inner, width});
    m_key = weights.matrix(attention + "k.weight", {inner, width});
    m_value = weights.matrix(attention + "v.weight", {inner, width});
    m_output = weights.matrix(attention + "o.weight", {width, inner});
    m_relativeBias = weights.vector(attention + "relative_attention_bias.weight", {config.buckets, config.heads});
    m_ffnNorm = weights.vector(prefix + "layer.1.layer_norm.weight", {width});
    m_gate = weights.matrix(ffn + "wi_0.weight", {config.ffnDim, width});
    m_up = weights.matrix(ffn + "wi_1.weight", {config.ffnDim, width});
    // float16 does not hold what goes into this product (the published code keeps it wide, too).
    m_down = m_compute == at::kHalf ? weights.vector(ffn + "wo.weight", {width, config.ffnDim})
                                    : weights.matrix(ffn + "wo.weight", {width, config.ffnDim});
}

at::Tensor TextLayer::attend(const at::Tensor& hidden, const at::Tensor& buckets, const at::Tensor& maskBias) const {
    const std::int64_t length = hidden.size(1);
    const at::Tensor normed = rmsNorm(hidden, m_attentionNorm, m_config.eps).to(m_compute);
    const auto heads = [&](const at::Tensor& weight) {
        return at::linear(normed, weight).view({-1, length, m_config.heads, m_config.headDim}).transpose(1, 2);
    };
    const at::Tensor bias = m_relativeBias.index_select(0, buckets.flatten()).view({length, length, m_config.heads});
    const at::Tensor mask = bias.permute({2, 0, 1}).unsqueeze(0) + maskBias;
    // There is no 1 / sqrt(d) in T5: it is part of the trained weights.
    return at::linear(attention(heads(m_query), heads(m_key), heads(m_value), 1.0, mask), m_output);
}

at::Tensor TextLayer::feedForward(const at::Tensor& hidden) const {
    const at::Tensor normed = rmsNorm(hidden, m_ffnNorm, m_config.eps).to(m_compute);
    at::Tensor gate = at::linear(normed, m_gate);
    geluTanhInPlace(gate);
    gate = gate.to(m_down.scalar_type()).mul_(at::linear(normed, m_up));
    return at::linear(gate, m_down);
}

at::Tensor TextLayer::forward(const at::Tensor& hidden, const at::Tensor& buckets, const at::Tensor& maskBias) const {
    const at::Tensor attended = hidden + attend(hidden, buckets, maskBias);
    return attended + feedForward(attended);
}

void TextLayer::visit(const std::string&, const PartVisitor&) const {}

} // namespace generation
