#pragma once

#include "generation/model/AdaptablePart.h"
#include "generation/model/Configs.h"
#include "generation/nn/Linear.h"
#include "generation/nn/Norms.h"
#include "generation/nn/RotaryEmbedding.h"
#include "generation/weights/WeightReader.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace generation {

/// Keys and values of the text (and image) for one block: [B, heads, n, d].
struct CrossAttentionContext {
    at::Tensor textKey, textValue;
    at::Tensor imageKey, imageValue; ///< undefined without an image branch
};

/// Consecutive tokens of a sample, and the row of the text that they attend to.
struct TextSegment {
    std::int64_t tokens = 0;
    std::int64_t row = 0;

    bool operator==(const TextSegment&) const = default;
};

/// The segments of each sample of a batch. Empty: sample i attends to row i.
using TextLayout = std::vector<std::vector<TextSegment>>;

/// What makes keys and values for one block's cross-attention: used once a job, so apart from what each step needs.
/// Thread: immutable while it is used.
class ContextKeys {
public:
    ContextKeys(const TransformerConfig& config, WeightReader& weights, const std::string& prefix);

    /// text [B, n, D], image [B, m, D] or undefined.
    CrossAttentionContext prepare(const at::Tensor& text, const at::Tensor& image) const;

    void visit(const std::string& prefix, const PartVisitor& visitor);

private:
    std::int64_t m_heads;
    double m_eps;
    Linear m_keyValue, m_imageKeyValue;
    at::Tensor m_keyGain, m_imageKeyGain;
};

/// What a step's timestep does to a block: for each of the six parts a float32 [1 or B, G, D], where each of the G
/// groups serves L / G tokens. Scales already include the 1 they are added to.
struct BlockModulation {
    at::Tensor shiftAttention, scaleAttention, gateAttention;
    at::Tensor shiftFfn, scaleFfn, gateFfn;
};

/// One block of the video transformer: modulated self-attention, cross-attention, modulated feed-forward.
/// Thread: immutable while it is used.
class TransformerBlock {
public:
    TransformerBlock(const TransformerConfig& config, WeightReader& weights, const std::string& prefix);

    /// projection: float32 [1 or B, G, 6, D].
    BlockModulation modulation(const at::Tensor& projection) const;

    /// x float32 [n, L, D] -> [B, L, D], B a multiple of n: the layout's samples, or the context's rows without one.
    /// Works in x's memory where it can, so x is spent.
    at::Tensor forward(at::Tensor x, const BlockModulation& modulation, const CrossAttentionContext& context,
                       const RotaryTable& rotary, const TextLayout& layout = {}) const;

    void visit(const std::string& prefix, const PartVisitor& visitor);

private:
    // Inputs come by value and are let go of before the next large tensor is made.
    at::Tensor selfAttention(at::Tensor normed, const RotaryTable& rotary) const;
    at::Tensor crossAttention(at::Tensor normed, const CrossAttentionContext& context, const TextLayout& layout) const;
    at::Tensor attendText(const at::Tensor& query, const CrossAttentionContext& context) const;
    at::Tensor feedForward(const at::Tensor& normed) const;
    double attentionScale() const;

    std::int64_t m_heads;
    std::int64_t m_headDim;
    double m_eps;
    at::ScalarType m_compute;
    at::Tensor m_table; ///< scale_shift_table [1, 6, D]
    Linear m_queryKeyValue, m_selfOut;
    at::Tensor m_selfQueryGain, m_selfKeyGain;
    LayerNormWeights m_crossNorm;
    Linear m_crossQuery, m_crossOut;
    at::Tensor m_crossQueryGain;
    Linear m_ffnUp, m_ffnDown;
};

/// A block of the control branch with the map that makes its hint.
/// Thread: immutable while it is used.
struct ControlBlock {
    TransformerBlock block;
    Linear out;

    ControlBlock(const TransformerConfig& config, WeightReader& weights, const std::string& prefix);
    void visit(const std::string& prefix, const PartVisitor& visitor);
};

/// Bytes of the feed-forward's hidden layer that are made at a time, whatever the number of tokens.
inline constexpr std::int64_t kFfnChunkBytes = std::int64_t{128} << 20U;

/// Reads prefix + ".weight" [out, in] and ".bias" [out].
Linear readLinear(WeightReader& weights, const std::string& prefix, std::int64_t out, std::int64_t in);

/// Several such maps of the same input as one: their outputs follow each other.
Linear readFused(WeightReader& weights, const std::vector<std::string>& prefixes, std::int64_t out, std::int64_t in);

} // namespace generation
