#pragma once

#include <ATen/core/Tensor.h>

namespace generation {

/// y = x W^T + b over the last dimension; W [out, in] in the compute type, b [out] or undefined. The input is cast to
/// W's type, the result has it.
/// Thread: immutable.
struct Linear {
    at::Tensor weight;
    at::Tensor bias;

    bool defined() const { return weight.defined(); }
    at::Tensor operator()(const at::Tensor& x) const;
};

} // namespace generation
