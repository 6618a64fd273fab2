#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace generation {

/// Bytes of scores that are in memory at a time, where libtorch has no attention of its own.
inline constexpr std::int64_t kScoreBytes = std::int64_t{64} << 20U;

/// softmax(scale * q k^T + mask) v, merged over heads. q [B, H, n, d], k and v [B or 1, H, m, d]; mask undefined or
/// broadcastable to [B, H, n, m], added to the scores -> [B, n, H * d] of q's type. Softmax is in float32. Query rows
/// are taken in chunks, so memory stays bounded at any length.
at::Tensor attention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, double scale,
                     const at::Tensor& mask = {});

} // namespace generation
