#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace generation {

/// Tensors by name: the weights of a network, or what an optimiser remembers of them.
using TensorMap = std::map<std::string, at::Tensor>;

/// Names and shapes of a network's weights.
using ShapeMap = std::map<std::string, std::vector<std::int64_t>>;

} // namespace generation
