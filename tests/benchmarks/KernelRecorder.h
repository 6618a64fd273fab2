#pragma once

#include <ATen/core/ivalue.h>

#include <string>
#include <vector>

namespace generation::test {

/// A call of one of libtorch's matrix product or convolution operators: its arguments, tensors as shapes only.
/// Thread: a value.
struct KernelCall {
    std::string name; ///< "aten::linear", ..., or "attention" for a pair of batched products around a softmax
    std::vector<c10::IValue> arguments; ///< tensors replaced by random ones of the same shape, strides and type
};

/// The outermost products and convolutions that `work` calls.
std::vector<KernelCall> recordKernels(const std::function<void()>& work);

/// Seconds that the calls take one after the other with nothing between them, the best of `rounds` each.
double kernelSeconds(const std::vector<KernelCall>& calls, int rounds);

/// Seconds of `work`, the best of `rounds`.
double bestSeconds(const std::function<void()>& work, int rounds);

} // namespace generation::test
