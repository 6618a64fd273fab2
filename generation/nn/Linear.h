#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace generation {

/// A change of rank r to some of a map's outputs: y[.., begin to begin + n] += scale * up (down x).
/// Kept apart from the matrix it changes: a strength then costs nothing to change, the matrix may be of any type or
/// quantised, and a scale of 0 leaves exactly the map as it was. The price is 2 r (in + n) operations for in * n.
/// Thread: a value.
struct LowRankTerm {
    at::Tensor down; ///< [r, in] in the compute type
    at::Tensor up;   ///< [n, r]
    std::int64_t begin = 0;
    double scale = 0.0;
};

/// y = x W^T + b over the last dimension, plus the low-rank terms; W [out, in] in the compute type, b [out] or
/// undefined. The input is cast to W's type, the result has it.
/// Thread: immutable while it is used.
struct Linear {
    at::Tensor weight;
    at::Tensor bias;
    std::vector<LowRankTerm> terms = {};

    bool defined() const { return weight.defined(); }
    at::Tensor operator()(const at::Tensor& x) const;
};

} // namespace generation
