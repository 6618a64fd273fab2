#include "generation/model/TransformerBlock.h"

#include "generation/nn/Attention.h"
#include "generation/nn/Elementwise.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace generation {

namespace {

/// Feed-forward rows at a time: bounds the hidden layer's memory.
constexpr std::int64_t kFfnBytes = std::int64_t{128} << 20U;

at::Tensor splitHeads(const at::Tensor& x, std::int64_t heads) {
    return x.reshape({x.size(0), x.size(1), heads, x.size(2) / heads}).transpose(1, 2).contiguous();
}

} // namespace

Linear readLinear(WeightReader& weights, const std::string& prefix, std::int64_t out, std::int64_t in) {
    return {weights.matrix(prefix + ".weight", {out, in}), weights.matrix(prefix + ".bias", {out})};
}

Linear fuse(const std::vector<Linear>& parts) {
    std::vector<at::Tensor> matrices;
    std::vector<at::Tensor> biases;
    for (const Linear& part : parts) {
        if (!part.weight.defined() || !part.bias.defined()) {
            return {}; // missing from the file: the reader's report says so
        }
        matrices.push_back(part.weight);
        biases.push_back(part.bias);
    }
    return {at::cat(matrices, 0), at::cat(biases, 0)};
}

TransformerBlock::TransformerBlock(const TransformerConfig& config, WeightReader& weights, const std::string& prefix)
    : m_heads(config.heads), m_headDim(config.headDim), m_eps(config.eps), m_compute(weights.device().compute) {
    const std::int64_t width = config.width();
    const auto linear = [&](const std::string& name, std::int64_t out, std::int64_t in) {
        return readLinear(weights, prefix + name, out, in);
    };
    const auto square = [&](const std::string& name) { return linear(name, width, width); };
    const auto gain = [&](const std::string& name) { return weights.vector(prefix + name, {width}); };
    m_table = weights.vector(prefix + "scale_shift_table", {1, 6, width});
    m_queryKeyValue = fuse({square("attn1.to_q"), square("attn1.to_k"), square("attn1.to_v")});
    m_selfOut = square("attn1.to_out.0");
    m_selfQueryGain = gain("attn1.norm_q.weight");
    m_selfKeyGain = gain("attn1.norm_k.weight");
    if (config.crossAttentionNorm) {
        m_crossNorm = {gain("norm2.weight"), gain("norm2.bias")};
    }
    m_crossQuery = square("attn2.to_q");
    m_crossKeyValue = fuse({square("attn2.to_k"), square("attn2.to_v")});
    m_crossOut = square("attn2.to_out.0");
    m_crossQueryGain = gain("attn2.norm_q.weight");
    m_crossKeyGain = gain("attn2.norm_k.weight");
    if (config.imageDim > 0) {
        m_imageKeyValue = fuse({square("attn2.add_k_proj"), square("attn2.add_v_proj")});
        m_imageKeyGain = gain("attn2.norm_added_k.weight");
    }
    m_ffnUp = linear("ffn.net.0.proj", config.ffnDim, width);
    m_ffnDown = linear("ffn.net.2", width, config.ffnDim);
}

double TransformerBlock::attentionScale() const {
    return 1.0 / std::sqrt(static_cast<double>(m_headDim));
}

CrossAttentionContext TransformerBlock::prepare(const at::Tensor& text, const at::Tensor& image) const {
    const std::int64_t width = m_heads * m_headDim;
    const auto split = [&](const Linear& map, const at::Tensor& gain, const at::Tensor& source, at::Tensor& key,
                           at::Tensor& value) {
        const at::Tensor both = map(source);
        key = headNorm(both.narrow(2, 0, width), {gain, m_heads, m_eps}, nullptr);
        value = splitHeads(both.narrow(2, width, width), m_heads);
    };
    CrossAttentionContext context;
    split(m_crossKeyValue, m_crossKeyGain, text, context.textKey, context.textValue);
    if (m_imageKeyValue.defined() && image.defined()) {
        split(m_imageKeyValue, m_imageKeyGain, image, context.imageKey, context.imageValue);
    }
    return context;
}

BlockModulation TransformerBlock::modulation(const at::Tensor& projection) const {
    const at::Tensor sum = projection + m_table.unsqueeze(1); // [1 or B, G, 6, D]
    const auto part = [&](std::int64_t i) { return sum.select(2, i).contiguous(); };
    return {.shiftAttention = part(0),
            .scaleAttention = part(1).add_(1.0),
            .gateAttention = part(2),
            .shiftFfn = part(3),
            .scaleFfn = part(4).add_(1.0),
            .gateFfn = part(5)};
}

at::Tensor TransformerBlock::selfAttention(const at::Tensor& normed, const RotaryTable& rotary) const {
    const std::int64_t width = m_heads * m_headDim;
    const at::Tensor all = m_queryKeyValue(normed);
    const at::Tensor query = headNorm(all.narrow(2, 0, width), {m_selfQueryGain, m_heads, m_eps}, &rotary);
    const at::Tensor key = headNorm(all.narrow(2, width, width), {m_selfKeyGain, m_heads, m_eps}, &rotary);
    const at::Tensor value = splitHeads(all.narrow(2, 2 * width, width), m_heads);
    return m_selfOut(attention(query, key, value, attentionScale()));
}

/// query [B, heads, n, d] -> [B, n, D] over the context's rows, one for each sample or one for all.
at::Tensor TransformerBlock::attendText(const at::Tensor& query, const CrossAttentionContext& context) const {
    at::Tensor mixed = attention(query, context.textKey, context.textValue, attentionScale());
    if (context.imageKey.defined()) {
        mixed = mixed + attention(query, context.imageKey, context.imageValue, attentionScale());
    }
    return mixed;
}

at::Tensor TransformerBlock::crossAttention(const at::Tensor& normed, const CrossAttentionContext& context,
                                            const TextLayout& layout) const {
    const at::Tensor query = headNorm(m_crossQuery(normed), {m_crossQueryGain, m_heads, m_eps}, nullptr);
    if (layout.empty()) {
        return m_crossOut(attendText(query, context));
    }
    const auto row = [](const at::Tensor& rows, std::int64_t i) {
        return rows.defined() ? rows.narrow(0, rows.size(0) == 1 ? 0 : i, 1) : rows;
    };
    std::vector<at::Tensor> samples;
    for (std::size_t b = 0; b < layout.size(); ++b) {
        std::vector<at::Tensor> parts;
        std::int64_t begin = 0;
        for (const auto& [tokens, text] : layout[b]) {
            parts.push_back(attendText(query.narrow(0, static_cast<std::int64_t>(b), 1).narrow(2, begin, tokens),
                                       {row(context.textKey, text), row(context.textValue, text),
                                        row(context.imageKey, text), row(context.imageValue, text)}));
            begin += tokens;
        }
        samples.push_back(parts.size() == 1 ? parts.front() : at::cat(parts, 1));
    }
    return m_crossOut(samples.size() == 1 ? samples.front() : at::cat(samples, 0));
}

at::Tensor TransformerBlock::feedForward(const at::Tensor& normed) const {
    const std::int64_t rowBytes =
        normed.size(0) * m_ffnUp.weight.size(0) * static_cast<std::int64_t>(normed.element_size());
    const std::int64_t chunk = std::max<std::int64_t>(1, kFfnBytes / rowBytes);
    std::vector<at::Tensor> parts;
    for (std::int64_t begin = 0; begin < normed.size(1); begin += chunk) {
        at::Tensor hidden = m_ffnUp(normed.slice(1, begin, begin + chunk));
        geluTanhInPlace(hidden);
        parts.push_back(m_ffnDown(hidden));
    }
    return parts.size() == 1 ? parts.front() : at::cat(parts, 1);
}

at::Tensor TransformerBlock::forward(at::Tensor x, const BlockModulation& modulation,
                                     const CrossAttentionContext& context, const RotaryTable& rotary,
                                     const TextLayout& layout) const {
    x = x.contiguous();
    addGated(
        x,
        selfAttention(layerNorm(x, {modulation.scaleAttention, modulation.shiftAttention}, m_eps, m_compute), rotary),
        modulation.gateAttention);
    const std::int64_t batch = layout.empty() ? context.textKey.size(0) : static_cast<std::int64_t>(layout.size());
    if (x.size(0) < batch) {
        x = x.repeat_interleave(batch / x.size(0), 0); // prompts part ways here
    }
    const at::Tensor normed =
        m_crossNorm.gain.defined() ? layerNorm(x, m_crossNorm, m_eps, m_compute) : x.to(m_compute);
    addGated(x, crossAttention(normed, context, layout), {});
    addGated(x, feedForward(layerNorm(x, {modulation.scaleFfn, modulation.shiftFfn}, m_eps, m_compute)),
             modulation.gateFfn);
    return x;
}

} // namespace generation
