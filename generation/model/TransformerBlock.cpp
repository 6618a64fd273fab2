#include "generation/model/TransformerBlock.h"

#include "generation/nn/Attention.h"
#include "generation/nn/Elementwise.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace generation {

namespace {

at::Tensor splitHeads(const at::Tensor& x, std::int64_t heads) {
    return x.reshape({x.size(0), x.size(1), heads, x.size(2) / heads}).transpose(1, 2).contiguous();
}

} // namespace

Linear readLinear(WeightReader& weights, const std::string& prefix, std::int64_t out, std::int64_t in) {
    return {weights.matrix(prefix + ".weight", {out, in}), weights.matrix(prefix + ".bias", {out})};
}

Linear readFused(WeightReader& weights, const std::vector<std::string>& prefixes, std::int64_t out, std::int64_t in) {
    std::vector<std::string> names;
    std::vector<at::Tensor> biases;
    for (const std::string& prefix : prefixes) {
        names.push_back(prefix + ".weight");
        biases.push_back(weights.matrix(prefix + ".bias", {out}));
    }
    const at::Tensor matrix = weights.stackedMatrices(names, out, in);
    const bool isComplete = matrix.defined() && std::all_of(biases.begin(), biases.end(),
                                                            [](const at::Tensor& bias) { return bias.defined(); });
    return isComplete ? Linear{matrix, at::cat(biases, 0)} : Linear{}; // the reader's report says what is missing
}

ContextKeys::ContextKeys(const TransformerConfig& config, WeightReader& weights, const std::string& prefix)
    : m_heads(config.heads), m_eps(config.eps) {
    const std::int64_t width = config.width();
    m_keyValue = readFused(weights, {prefix + "attn2.to_k", prefix + "attn2.to_v"}, width, width);
    m_keyGain = weights.vector(prefix + "attn2.norm_k.weight", {width});
    if (config.imageDim > 0) {
        m_imageKeyValue = readFused(weights, {prefix + "attn2.add_k_proj", prefix + "attn2.add_v_proj"}, width, width);
        m_imageKeyGain = weights.vector(prefix + "attn2.norm_added_k.weight", {width});
    }
}

CrossAttentionContext ContextKeys::prepare(const at::Tensor& text, const at::Tensor& image) const {
    const auto split = [&](const Linear& map, const at::Tensor& gain, const at::Tensor& source, at::Tensor& key,
                           at::Tensor& value) {
        const at::Tensor both = map(source);
        const std::int64_t width = both.size(2) / 2;
        key = headNorm(both.narrow(2, 0, width), {gain, m_heads, m_eps}, nullptr);
        value = splitHeads(both.narrow(2, width, width), m_heads);
    };
    CrossAttentionContext context;
    split(m_keyValue, m_keyGain, text, context.textKey, context.textValue);
    if (m_imageKeyValue.defined() && image.defined()) {
        split(m_imageKeyValue, m_imageKeyGain, image, context.imageKey, context.imageValue);
    }
    return context;
}

void ContextKeys::visit(const std::string& prefix, const PartVisitor& visitor) {
    visitLinear(m_keyValue, {prefix + "attn2.to_k", prefix + "attn2.to_v"}, visitor);
    visitVector(m_keyGain, nullptr, prefix + "attn2.norm_k", visitor);
    visitLinear(m_imageKeyValue, {prefix + "attn2.add_k_proj", prefix + "attn2.add_v_proj"}, visitor);
    visitVector(m_imageKeyGain, nullptr, prefix + "attn2.norm_added_k", visitor);
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
    m_queryKeyValue =
        readFused(weights, {prefix + "attn1.to_q", prefix + "attn1.to_k", prefix + "attn1.to_v"}, width, width);
    m_selfOut = square("attn1.to_out.0");
    m_selfQueryGain = gain("attn1.norm_q.weight");
    m_selfKeyGain = gain("attn1.norm_k.weight");
    if (config.crossAttentionNorm) {
        m_crossNorm = {gain("norm2.weight"), gain("norm2.bias")};
    }
    m_crossQuery = square("attn2.to_q");
    m_crossOut = square("attn2.to_out.0");
    m_crossQueryGain = gain("attn2.norm_q.weight");
    m_ffnUp = linear("ffn.net.0.proj", config.ffnDim, width);
    m_ffnDown = linear("ffn.net.2", width, config.ffnDim);
}

void TransformerBlock::visit(const std::string& prefix, const PartVisitor& visitor) {
    visitVector(m_table, nullptr, prefix + "scale_shift_table", visitor);
    visitLinear(m_queryKeyValue, {prefix + "attn1.to_q", prefix + "attn1.to_k", prefix + "attn1.to_v"}, visitor);
    visitLinear(m_selfOut, {prefix + "attn1.to_out.0"}, visitor);
    visitVector(m_selfQueryGain, nullptr, prefix + "attn1.norm_q", visitor);
    visitVector(m_selfKeyGain, nullptr, prefix + "attn1.norm_k", visitor);
    visitVector(m_crossNorm.gain, &m_crossNorm.offset, prefix + "norm2", visitor);
    visitLinear(m_crossQuery, {prefix + "attn2.to_q"}, visitor);
    visitLinear(m_crossOut, {prefix + "attn2.to_out.0"}, visitor);
    visitVector(m_crossQueryGain, nullptr, prefix + "attn2.norm_q", visitor);
    visitLinear(m_ffnUp, {prefix + "ffn.net.0.proj"}, visitor);
    visitLinear(m_ffnDown, {prefix + "ffn.net.2"}, visitor);
}

ControlBlock::ControlBlock(const TransformerConfig& config, WeightReader& weights, const std::string& prefix)
    : block(config, weights, prefix), out(readLinear(weights, prefix + "proj_out", config.width(), config.width())) {}

void ControlBlock::visit(const std::string& prefix, const PartVisitor& visitor) {
    block.visit(prefix, visitor);
    visitLinear(out, {prefix + "proj_out"}, visitor);
}

double TransformerBlock::attentionScale() const {
    return 1.0 / std::sqrt(static_cast<double>(m_headDim));
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

at::Tensor TransformerBlock::selfAttention(at::Tensor normed, const RotaryTable& rotary) const {
    const std::int64_t width = m_heads * m_headDim;
    at::Tensor all = m_queryKeyValue(normed);
    normed.reset();
    at::Tensor query = headNorm(all.narrow(2, 0, width), {m_selfQueryGain, m_heads, m_eps}, &rotary);
    at::Tensor key = headNorm(all.narrow(2, width, width), {m_selfKeyGain, m_heads, m_eps}, &rotary);
    at::Tensor value = splitHeads(all.narrow(2, 2 * width, width), m_heads);
    all.reset();
    const at::Tensor mixed = attention(query, key, value, attentionScale());
    query.reset();
    key.reset();
    value.reset();
    return m_selfOut(mixed);
}

/// query [B, heads, n, d] -> [B, n, D] over the context's rows, one for each sample or one for all.
at::Tensor TransformerBlock::attendText(const at::Tensor& query, const CrossAttentionContext& context) const {
    at::Tensor mixed = attention(query, context.textKey, context.textValue, attentionScale());
    if (context.imageKey.defined()) {
        mixed.add_(attention(query, context.imageKey, context.imageValue, attentionScale()));
    }
    return mixed;
}

at::Tensor TransformerBlock::crossAttention(at::Tensor normed, const CrossAttentionContext& context,
                                            const TextLayout& layout) const {
    at::Tensor query = m_crossQuery(normed);
    normed.reset();
    query = headNorm(query, {m_crossQueryGain, m_heads, m_eps}, nullptr);
    if (layout.empty()) {
        const at::Tensor mixed = attendText(query, context);
        query.reset();
        return m_crossOut(mixed);
    }
    const auto row = [](const at::Tensor& rows, std::int64_t i) {
        return rows.defined() ? rows.narrow(0, rows.size(0) == 1 ? 0 : i, 1) : rows;
    };
    const at::Tensor mixed = at::empty({query.size(0), query.size(2), m_heads * m_headDim}, query.options());
    for (std::size_t b = 0; b < layout.size(); ++b) {
        const auto sample = static_cast<std::int64_t>(b);
        std::int64_t begin = 0;
        for (const auto& [tokens, text] : layout[b]) {
            const at::Tensor part = attendText(query.narrow(0, sample, 1).narrow(2, begin, tokens),
                                               {row(context.textKey, text), row(context.textValue, text),
                                                row(context.imageKey, text), row(context.imageValue, text)});
            mixed.narrow(0, sample, 1).narrow(1, begin, tokens).copy_(part);
            begin += tokens;
        }
    }
    query.reset();
    return m_crossOut(mixed);
}

at::Tensor TransformerBlock::feedForward(const at::Tensor& normed) const {
    const std::int64_t tokens = normed.size(1);
    const std::int64_t rowBytes =
        normed.size(0) * m_ffnUp.weight.size(0) * static_cast<std::int64_t>(normed.element_size());
    const std::int64_t chunk = std::max<std::int64_t>(1, kFfnChunkBytes / rowBytes);
    const auto map = [&](const at::Tensor& rows) {
        at::Tensor hidden = m_ffnUp(rows);
        geluTanhInPlace(hidden);
        return m_ffnDown(hidden);
    };
    if (chunk >= tokens) {
        return map(normed);
    }
    const at::Tensor whole = at::empty_like(normed);
    for (std::int64_t begin = 0; begin < tokens; begin += chunk) {
        const std::int64_t end = std::min(tokens, begin + chunk);
        whole.slice(1, begin, end).copy_(map(normed.slice(1, begin, end)));
    }
    return whole;
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
    addGated(x,
             crossAttention(m_crossNorm.gain.defined() ? layerNorm(x, m_crossNorm, m_eps, m_compute) : x.to(m_compute),
                            context, layout),
             {});
    addGated(x, feedForward(layerNorm(x, {modulation.scaleFfn, modulation.shiftFfn}, m_eps, m_compute)),
             modulation.gateFfn);
    return x;
}

} // namespace generation
