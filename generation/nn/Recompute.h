#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <functional>

namespace generation {

/// The tensors that a part of a network computes from; those that it has none of are undefined.
using RecomputeInputs = std::array<at::Tensor, 6>;

/// body(inputs), of which only the inputs are remembered for the way back: body is run again then. Gradients reach the
/// inputs, and leaves that body holds itself (weights); a tensor that body holds and that was computed from something
/// with a gradient must be among the inputs instead. body must give the same numbers each time and may change nothing.
at::Tensor recomputed(const std::function<at::Tensor(const RecomputeInputs&)>& body, const RecomputeInputs& inputs);

} // namespace generation
