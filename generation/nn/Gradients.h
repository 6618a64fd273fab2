#pragma once

#include "generation/nn/Norms.h"

#include <ATen/core/Tensor.h>

namespace generation::gradients {

// The forms with a gradient of functions in Norms.h, Elementwise.h and Attention.h: same shapes, same numbers, but
// nothing is changed in place and autograd learns how to go back. Those functions call these when something is recorded
// (Recording.h). On the CPU, forward and backward of float32 and bfloat16 are our own loops (GradientKernels.h), which
// sum in an order that does not depend on the number of threads; elsewhere, and in float64, libtorch operations.

at::Tensor layerNorm(const at::Tensor& x, const LayerNormWeights& weights, double eps, at::ScalarType out);
at::Tensor headNorm(const at::Tensor& x, const HeadNorm& norm, const RotaryTable* rotary);
at::Tensor channelNorm(const at::Tensor& x, const at::Tensor& gain, Activation activation);

/// x + gate * y in x's type.
at::Tensor addGated(const at::Tensor& x, const at::Tensor& y, const at::Tensor& gate);
at::Tensor geluTanh(const at::Tensor& x);

/// Keeps the weights of all queries and keys for the way back, so memory grows with both.
at::Tensor attention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, double scale,
                     const at::Tensor& mask);

} // namespace generation::gradients
