#pragma once

#include "generation/device/Cancelled.h"
#include "generation/device/Device.h"
#include "generation/model/BlockStack.h"
#include "generation/model/Configs.h"
#include "generation/model/TextLayer.h"
#include "generation/model/WeightResidency.h"
#include "generation/weights/WeightReader.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace generation {

/// The UMT5 encoder: token ids to rows of text features. Streamed, it keeps nothing but a norm: embedding rows are
/// gathered from the mapped file and parts of blocks read one by one, so the largest published one runs in less than 1
/// GB. Thread: immutable after construction; any thread, one call at a time is best.
class TextEncoder {
public:
    TextEncoder(const TextEncoderConfig& config, WeightReader& weights,
                WeightResidency residency = WeightResidency::Resident);

    const TextEncoderConfig& config() const { return m_config; }

    /// ids: real tokens with the closing EOS, no padding -> float32 [1, length, width]; rows after the tokens are zero,
    /// as the transformer was trained with. More tokens than `length` are an std::invalid_argument, as are ids
    /// outside the vocabulary. The checkpoint is passed between blocks.
    at::Tensor encode(const std::vector<std::int64_t>& ids, std::int64_t length,
                      const Checkpoint& checkpoint = {}) const;

    /// ids [B, n], mask [B, n] (1 = real) -> float32 [B, n, width]: the published form with padding inside.
    at::Tensor encodeMasked(const at::Tensor& ids, const at::Tensor& mask, const Checkpoint& checkpoint = {}) const;

private:
    at::Tensor embed(const at::Tensor& ids) const;

    TextEncoderConfig m_config;
    Device m_device;
    at::Tensor m_embedding;                       ///< undefined when streamed
    std::shared_ptr<const WeightSource> m_source; ///< null when resident
    BlockStack<TextAttention, TextEncoderConfig> m_attentions;
    BlockStack<TextGate, TextEncoderConfig> m_gates;
    BlockStack<TextDown, TextEncoderConfig> m_downs;
    at::Tensor m_finalNorm;
};

/// Bucket of each relative position key - query: int64 in, int64 of the same shape out.
at::Tensor relativePositionBuckets(const at::Tensor& distance, std::int64_t buckets, std::int64_t maxDistance);

} // namespace generation
