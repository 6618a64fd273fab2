#pragma once

#include "generation/nn/Linear.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace generation {

/// One map, gain or table of a network that a LoRA may change, under its name in the file ("blocks.0.attn1.to_q",
/// without ".weight"). Maps that share a matrix in memory are parts of their own, some of the matrix's rows each.
/// Thread: a value that points into the network; good until the network moves.
struct AdaptablePart {
    std::string name;
    Linear* linear = nullptr;     ///< null: not a map
    at::Tensor* weight = nullptr; ///< what the network computes with: its rows from `begin` on are this part's
    at::Tensor* bias = nullptr;   ///< null: it has none
    std::int64_t begin = 0;
    std::int64_t rows = 0;
};

using PartVisitor = std::function<void(const AdaptablePart&)>;

/// Visits `linear` as parts of equal height. Nothing for a map that is not there.
void visitLinear(Linear& linear, const std::vector<std::string>& names, const PartVisitor& visitor);

/// Visits a gain with its offset (null: none), or a table. Nothing for one that is not there.
void visitVector(at::Tensor& weight, at::Tensor* bias, const std::string& name, const PartVisitor& visitor);

} // namespace generation
