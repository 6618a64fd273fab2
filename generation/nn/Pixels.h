#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace generation {

// Rearrangements of pictures [T, H, W, C], channels last and contiguous.

/// Every pixel four times: [T, H, W, C] -> [T, 2 H, 2 W, C].
at::Tensor doublePixels(const at::Tensor& x);

/// Channels to pixels: [T, H, W, C p p] -> [T, p H, p W, C]; the offsets within a cell are the faster part of the
/// channel index, rows before columns (torch.nn.functional.pixel_shuffle).
at::Tensor channelsToPixels(const at::Tensor& x, std::int64_t p);

/// The inverse.
at::Tensor pixelsToChannels(const at::Tensor& x, std::int64_t p);

} // namespace generation
