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

/// Seconds by the clock, and of the processor in all threads together: the latter says the same on a machine that has
/// other work to do, but knows nothing of threads that wait.
/// Thread: a value.
struct Cost {
    double clock = 0.0;
    double processor = 0.0;
};

/// What the calls cost one after the other with nothing between them, the best of `rounds` each.
Cost kernelCost(const std::vector<KernelCall>& calls, int rounds);

/// What `work` costs, the best of `rounds`.
Cost bestCost(const std::function<void()>& work, int rounds);

} // namespace generation::test
