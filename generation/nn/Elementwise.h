#pragma once

#include <ATen/core/Tensor.h>

namespace generation {

// In place, or where autograd records in a new tensor that x then is.

/// x += gate * y in place; x float32 [B, L, D], y [B, L, D] of any type, gate as in layerNorm() or undefined (1).
void addGated(at::Tensor& x, const at::Tensor& y, const at::Tensor& gate);

/// gelu with the tanh form, in place; x must be contiguous.
void geluTanhInPlace(at::Tensor& x);

} // namespace generation
