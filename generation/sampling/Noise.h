#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace generation {

/// Standard normal float32 noise from the seed, as libtorch's CPU generator draws it: the same on every machine.
at::Tensor seededNoise(std::uint64_t seed, at::IntArrayRef shape);

/// The same where `where` is the CPU; on a card noise of its own generator, other values: for training, where drawing
/// on the CPU would take longer than the rest of a step.
at::Tensor quickNoise(std::uint64_t seed, at::IntArrayRef shape, at::Device where);

/// Fresh noise for a step of a sampler that needs some, as if each step had a seed of its own: independent of which
/// steps were taken before, so that a run that is taken up again draws the same.
at::Tensor stepNoise(std::uint64_t seed, int step, at::IntArrayRef shape);

/// The seed of a part of a run whose seed is this; part 0 has the run's own.
std::uint64_t partSeed(std::uint64_t seed, int part);

/// One row a seed: [seeds, shape[1..]], each equal to what the seed gives alone with shape[0] = 1.
at::Tensor seededBatch(const std::vector<std::uint64_t>& seeds, at::IntArrayRef shape);
at::Tensor stepNoiseBatch(const std::vector<std::uint64_t>& seeds, int step, at::IntArrayRef shape);

} // namespace generation
