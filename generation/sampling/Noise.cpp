#include "generation/sampling/Noise.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Functions.h>

namespace generation {
namespace {

/// A seed's own stream for a step (SplitMix64): nearby seeds and steps must not share noise.
std::uint64_t mixed(std::uint64_t seed, std::uint64_t step) {
    std::uint64_t z = seed + (step + 1) * 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

} // namespace

at::Tensor seededNoise(std::uint64_t seed, at::IntArrayRef shape) {
    return at::randn(shape, at::make_generator<at::CPUGeneratorImpl>(seed), at::TensorOptions().dtype(at::kFloat));
}

at::Tensor quickNoise(std::uint64_t seed, at::IntArrayRef shape, at::Device where) {
    if (where.is_cpu()) {
        return seededNoise(seed, shape);
    }
    at::Generator generator = at::globalContext().defaultGenerator(where).clone();
    generator.set_current_seed(seed);
    return at::randn(shape, generator, at::TensorOptions(where).dtype(at::kFloat));
}

at::Tensor stepNoise(std::uint64_t seed, int step, at::IntArrayRef shape) {
    return seededNoise(mixed(seed, static_cast<std::uint64_t>(step)), shape);
}

std::uint64_t partSeed(std::uint64_t seed, int part) {
    // Away from the steps' streams, which count from 0.
    constexpr std::uint64_t kParts = std::uint64_t{1} << 32U;
    return part == 0 ? seed : mixed(seed, kParts + static_cast<std::uint64_t>(part));
}

at::Tensor seededBatch(const std::vector<std::uint64_t>& seeds, at::IntArrayRef shape) {
    std::vector<at::Tensor> rows;
    for (const std::uint64_t seed : seeds) {
        rows.push_back(seededNoise(seed, shape));
    }
    return at::cat(rows, 0);
}

at::Tensor stepNoiseBatch(const std::vector<std::uint64_t>& seeds, int step, at::IntArrayRef shape) {
    std::vector<at::Tensor> rows;
    for (const std::uint64_t seed : seeds) {
        rows.push_back(stepNoise(seed, step, shape));
    }
    return at::cat(rows, 0);
}

} // namespace generation
