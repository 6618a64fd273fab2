#pragma once

#include "generation/training/Lottery.h"

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace generation {

/// Noise levels for a batch: one in each of n equal parts of 0 to 1, in random order, moved towards noise by `shift`
/// (Schedule.h). Float32 [n], above 0.
at::Tensor drawSigmas(std::int64_t n, double shift, Lottery& lottery);

/// A part of the noise levels from 0 to 1, such as one expert's.
struct NoiseRange {
    double lowest = 0.0;
    double highest = 1.0;
};

/// The same of a part of them, as often as they are drawn of all.
at::Tensor drawSigmas(std::int64_t n, double shift, const NoiseRange& range, Lottery& lottery);

/// A batch on its way from clips to noise: x = (1 - sigma) * clip + sigma * noise, and the velocity noise - clip that
/// is to be predicted there. Thread: a value.
struct FlowBatch {
    at::Tensor noisy;    ///< float32 [B, C, T, h, w]
    at::Tensor velocity; ///< the same shape
    at::Tensor timestep; ///< float32 [B], 1000 sigma
};
FlowBatch flowBatch(const at::Tensor& clips, const at::Tensor& sigmas, std::uint64_t seed);

/// Mean squared difference.
at::Tensor flowLoss(const at::Tensor& predicted, const FlowBatch& batch);

} // namespace generation
