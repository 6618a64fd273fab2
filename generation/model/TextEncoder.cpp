#include "generation/model/TextEncoder.h"

#include "generation/nn/Attention.h"
#include "generation/nn/Elementwise.h"
#include "generation/nn/Norms.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <limits>
#include <stdexcept>

namespace generation {

at::Tensor relativePositionBuckets(const at::Tensor& distance, std::int64_t buckets, std::int64_t maxDistance) {
    // Half of the buckets for each sign; of those, half exact and half in logarithmic steps. Powers of two lie exactly
    // on the borders of the steps, so the order of these float32 operations matters (UMT5Attention).
    const std::int64_t half = buckets / 2;
    const std::int64_t exact = half / 2;
    const at::Tensor start = distance.gt(0).to(at::kLong) * half;
    const at::Tensor size = distance.abs();
    const double range = std::log(static_cast<double>(maxDistance) / static_cast<double>(exact));
    const at::Tensor steps =
        (at::log(size.to(at::kFloat) / static_cast<double>(exact)) / range * static_cast<double>(half - exact))
            .to(at::kLong) +
        exact;
    return start + at::where(size.lt(exact), size, steps.clamp_max(half - 1));
}

TextEncoder::TextEncoder(const TextEncoderConfig& config, WeightReader& weights)
    : m_config(config), m_device(weights.device()) {
    const std::int64_t width = config.width;
    const std::int64_t inner = config.heads * config.headDim;
    m_embedding = weights.matrix("shared.weight", {config.vocabulary, width});
    for (std::int64_t i = 0; i < config.layers; ++i) {
        const std::string block = "encoder.block." + std::to_string(i) + ".layer.";
        const std::string attention = block + "0.SelfAttention.";
        const std::string ffn = block + "1.DenseReluDense.";
        Layer layer;
        layer.attentionNorm = weights.vector(block + "0.layer_norm.weight", {width});
        layer.query = weights.matrix(attention + "q.weight", {inner, width});
        layer.key = weights.matrix(attention + "k.weight", {inner, width});
        layer.value = weights.matrix(attention + "v.weight", {inner, width});
        layer.output = weights.matrix(attention + "o.weight", {width, inner});
        layer.relativeBias =
            weights.vector(attention + "relative_attention_bias.weight", {config.buckets, config.heads});
        layer.ffnNorm = weights.vector(block + "1.layer_norm.weight", {width});
        layer.gate = weights.matrix(ffn + "wi_0.weight", {config.ffnDim, width});
        layer.up = weights.matrix(ffn + "wi_1.weight", {config.ffnDim, width});
        layer.down = weights.matrix(ffn + "wo.weight", {width, config.ffnDim});
        m_layers.push_back(std::move(layer));
    }
    m_finalNorm = weights.vector("encoder.final_layer_norm.weight", {width});
}

at::Tensor TextEncoder::layerForward(const Layer& layer, const at::Tensor& hidden, const at::Tensor& buckets,
                                     const at::Tensor& maskBias) const {
    const std::int64_t batch = hidden.size(0);
    const std::int64_t length = hidden.size(1);
    const auto project = [&](const at::Tensor& x, const at::Tensor& weight) { return at::linear(x, weight); };
    const auto heads = [&](const at::Tensor& x) {
        return x.view({batch, length, m_config.heads, m_config.headDim}).transpose(1, 2);
    };
    const auto narrowed = [&](const at::Tensor& x) { return x.to(m_device.compute); };

    const at::Tensor bias =
        layer.relativeBias.index_select(0, buckets.flatten()).view({length, length, m_config.heads});
    const at::Tensor mask = bias.permute({2, 0, 1}).unsqueeze(0) + maskBias;
    const at::Tensor normed = narrowed(rmsNorm(hidden, layer.attentionNorm, m_config.eps));
    // There is no 1 / sqrt(d) in T5: it is part of the trained weights.
    const at::Tensor mixed = attention(heads(project(normed, layer.query)), heads(project(normed, layer.key)),
                                       heads(project(normed, layer.value)), 1.0, mask);
    const at::Tensor attended = hidden + project(mixed, layer.output);

    const at::Tensor ffnInput = narrowed(rmsNorm(attended, layer.ffnNorm, m_config.eps));
    at::Tensor gate = project(ffnInput, layer.gate);
    geluTanhInPlace(gate);
    return attended + project(gate * project(ffnInput, layer.up), layer.down);
}

at::Tensor TextEncoder::encodeMasked(const at::Tensor& ids, const at::Tensor& mask) const {
    const c10::NoGradGuard noGradients;
    if (ids.dim() != 2 || ids.numel() == 0 || ids.lt(0).logical_or(ids.ge(m_config.vocabulary)).any().item<bool>()) {
        throw std::invalid_argument("token ids outside the vocabulary");
    }
    const at::Tensor places = ids.to(m_device.where);
    const std::int64_t length = ids.size(1);
    const at::Tensor positions = at::arange(length, at::TensorOptions(m_device.where).dtype(at::kLong));
    const at::Tensor buckets = relativePositionBuckets(positions.unsqueeze(0) - positions.unsqueeze(1),
                                                       m_config.buckets, m_config.maxDistance);
    const at::Tensor hidden =
        at::where(mask.to(m_device.where).eq(0), at::scalar_tensor(std::numeric_limits<float>::lowest(), at::kFloat),
                  at::scalar_tensor(0.0F, at::kFloat));
    const at::Tensor maskBias = hidden.view({ids.size(0), 1, 1, length});
    at::Tensor x =
        m_embedding.index_select(0, places.flatten()).view({ids.size(0), length, m_config.width}).to(at::kFloat);
    for (const Layer& layer : m_layers) {
        x = layerForward(layer, x, buckets, maskBias);
    }
    return rmsNorm(x, m_finalNorm, m_config.eps);
}

at::Tensor TextEncoder::encode(const std::vector<std::int64_t>& ids, std::int64_t length) const {
    const auto count = static_cast<std::int64_t>(ids.size());
    if (count > length) {
        throw std::invalid_argument("more tokens than the text may have");
    }
    at::Tensor padded = at::zeros({1, length, m_config.width}, at::TensorOptions(m_device.where).dtype(at::kFloat));
    if (count > 0) {
        const at::Tensor tokens = at::tensor(ids, at::kLong).unsqueeze(0);
        padded.slice(1, 0, count).copy_(encodeMasked(tokens, at::ones_like(tokens)));
    }
    return padded;
}

} // namespace generation
