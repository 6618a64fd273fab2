#include "generation/training/Parameters.h"

#include "generation/sampling/Noise.h"

#include <ATen/ATen.h>

#include <cmath>
#include <string_view>

namespace generation {

namespace {

bool endsWith(std::string_view name, std::string_view end) {
    return name.ends_with(end);
}

bool isZeroFirst(std::string_view name) {
    // What is added to a network that already works, and a velocity of nothing.
    const bool isHint = name.starts_with("vace_blocks.") && endsWith(name, "proj_out.weight");
    return isHint || name == "proj_out.weight" || endsWith(name, ".bias");
}

bool isGain(std::string_view name, const std::vector<std::int64_t>& shape) {
    return endsWith(name, ".gamma") || (shape.size() == 1 && endsWith(name, ".weight"));
}

/// Standard deviation of the first values.
double deviation(std::string_view name, const std::vector<std::int64_t>& shape) {
    std::int64_t count = 1;
    for (const std::int64_t size : shape) {
        count *= size;
    }
    const double fanIn = static_cast<double>(count) / static_cast<double>(shape.front());
    if (endsWith(name, "scale_shift_table")) {
        return 1.0 / std::sqrt(static_cast<double>(shape.back()));
    }
    if (name == "shared.weight") {
        return 1.0;
    }
    if (endsWith(name, "SelfAttention.q.weight")) {
        return 0.25 / std::sqrt(fanIn); // T5 does not divide its scores by the root of the head's size
    }
    if (endsWith(name, "relative_attention_bias.weight")) {
        return 0.1;
    }
    return 1.0 / std::sqrt(fanIn);
}

/// A seed of its own for each name, so that a network's first values do not depend on what else is in it.
std::uint64_t seedOf(std::string_view name, std::uint64_t seed) {
    std::uint64_t hash = 0xCBF29CE484222325ULL ^ seed;
    for (const char c : name) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    return hash;
}

} // namespace

TensorMap firstWeights(const ShapeMap& shapes, std::uint64_t seed) {
    TensorMap weights;
    for (const auto& [name, shape] : shapes) {
        if (isGain(name, shape)) {
            weights[name] = at::ones(shape);
        } else if (isZeroFirst(name)) {
            weights[name] = at::zeros(shape);
        } else {
            weights[name] = seededNoise(seedOf(name, seed), shape).mul_(deviation(name, shape));
        }
    }
    return weights;
}

TensorMap weightsOf(const WeightSource& source) {
    TensorMap weights;
    for (const std::string& name : source.names()) {
        weights[name] = source.tensor(name).to(at::kFloat, false, true);
    }
    return weights;
}

TensorMap leavesOf(const TensorMap& weights, at::Device where) {
    TensorMap leaves;
    for (const auto& [name, tensor] : weights) {
        leaves[name] =
            tensor.detach().to(at::TensorOptions(where).dtype(at::kFloat), false, true).set_requires_grad(true);
    }
    return leaves;
}

} // namespace generation
