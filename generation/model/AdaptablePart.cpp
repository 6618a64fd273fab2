#include "generation/model/AdaptablePart.h"

namespace generation {

void visitLinear(Linear& linear, const std::vector<std::string>& names, const PartVisitor& visitor) {
    if (!linear.defined()) {
        return;
    }
    const std::int64_t rows = linear.weight.size(0) / static_cast<std::int64_t>(names.size());
    std::int64_t begin = 0;
    for (const std::string& name : names) {
        visitor({.name = name,
                 .linear = &linear,
                 .weight = &linear.weight,
                 .bias = linear.bias.defined() ? &linear.bias : nullptr,
                 .begin = begin,
                 .rows = rows});
        begin += rows;
    }
}

void visitVector(at::Tensor& weight, at::Tensor* bias, const std::string& name, const PartVisitor& visitor) {
    if (weight.defined()) {
        visitor({.name = name, .weight = &weight, .bias = bias, .rows = weight.size(0)});
    }
}

} // namespace generation
