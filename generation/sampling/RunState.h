#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>

namespace generation {

/// What a run carries from one step to the next, by name: enough to take it up again with the same bits.
/// Thread: a value; the tensors are shared, not copied.
struct RunState {
    std::map<std::string, at::Tensor> tensors;
    std::map<std::string, std::int64_t> integers;
    std::map<std::string, double> numbers;

    bool has(const std::string& name) const { return tensors.contains(name); }
};

} // namespace generation
