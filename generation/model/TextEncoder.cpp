#include "generation/model/TextEncoder.h"

#include "generation/nn/Norms.h"

#include <ATen/ATen.h>

#include <limits>
#include <stdexcept>

namespace generation {

namespace {

constexpr const char* kEmbedding = "shared.weight";

} // namespace

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

TextEncoder::TextEncoder(const TextEncoderConfig& config, WeightReader& weights, WeightResidency residency)
    : m_config(config), m_device(weights.device()) {
    const bool streams = residency == WeightResidency::Streamed;
    weights.shapesOnly(streams);
    m_embedding = weights.matrix(kEmbedding, {config.vocabulary, config.width});
    weights.shapesOnly(false);
    if (streams) {
        m_embedding.reset();
        m_source = std::make_shared<const WeightSource>(weights.source());
    }
    const auto layers = static_cast<std::size_t>(config.layers);
    m_attentions = {config, weights, "encoder.block.", layers, {residency}};
    m_gates = {config, weights, "encoder.block.", layers, {residency}};
    m_downs = {config, weights, "encoder.block.", layers, {residency}};
    m_finalNorm = weights.vector("encoder.final_layer_norm.weight", {config.width});
}

at::Tensor TextEncoder::embed(const at::Tensor& ids) const {
    const at::Tensor flat = ids.flatten();
    // Through the compute type, so that it makes no difference where the rows come from.
    const at::Tensor rows = m_source ? m_source->rows(kEmbedding, flat.cpu()).to(m_device.compute).to(m_device.where)
                                     : m_embedding.index_select(0, flat);
    return rows.view({ids.size(0), ids.size(1), m_config.width}).to(m_device.wide());
}

at::Tensor TextEncoder::encodeMasked(const at::Tensor& ids, const at::Tensor& mask,
                                     const Checkpoint& checkpoint) const {
    if (ids.dim() != 2 || ids.numel() == 0 || ids.lt(0).logical_or(ids.ge(m_config.vocabulary)).any().item<bool>()) {
        throw std::invalid_argument("token ids outside the vocabulary");
    }
    const at::Tensor places = ids.to(m_device.where);
    const std::int64_t length = ids.size(1);
    const at::Tensor positions = at::arange(length, at::TensorOptions(m_device.where).dtype(at::kLong));
    const at::Tensor buckets = relativePositionBuckets(positions.unsqueeze(0) - positions.unsqueeze(1),
                                                       m_config.buckets, m_config.maxDistance);
    const at::Tensor hidden =
        at::zeros(mask.sizes(), at::TensorOptions(m_device.where).dtype(at::kFloat))
            .masked_fill_(mask.to(m_device.where).eq(0), static_cast<double>(std::numeric_limits<float>::lowest()));
    const at::Tensor maskBias = hidden.view({ids.size(0), 1, 1, length});
    at::Tensor x = embed(places);
    for (std::size_t i = 0; i < m_attentions.size(); ++i) {
        passCheckpoint(checkpoint);
        x = x + m_attentions.at(i)->forward(x, buckets, maskBias);
        const at::Tensor gated = m_gates.at(i)->forward(x);
        x = x + m_downs.at(i)->forward(gated);
    }
    return rmsNorm(x, m_finalNorm, m_config.eps);
}

at::Tensor TextEncoder::encode(const std::vector<std::int64_t>& ids, std::int64_t length,
                               const Checkpoint& checkpoint) const {
    const auto count = static_cast<std::int64_t>(ids.size());
    if (count > length) {
        throw std::invalid_argument("more tokens than the text may have");
    }
    at::Tensor padded = at::zeros({1, length, m_config.width}, at::TensorOptions(m_device.where).dtype(at::kFloat));
    if (count > 0) {
        const at::Tensor tokens = at::tensor(ids, at::kLong).unsqueeze(0);
        padded.slice(1, 0, count).copy_(encodeMasked(tokens, at::ones_like(tokens), checkpoint));
    }
    return padded;
}

} // namespace generation
