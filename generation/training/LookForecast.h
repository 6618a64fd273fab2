#pragma once

#include "generation/device/Device.h"
#include "generation/model/ModelFiles.h"
#include "generation/training/LookJob.h"

#include <cstdint>

namespace generation {

/// What training a look will take.
/// Thread: a value.
struct LookForecast {
    std::int64_t weightBytes = 0;
    std::int64_t activationBytes = 0; ///< of one micro-batch, forward and back
    std::int64_t factorBytes = 0;     ///< with averages and the optimiser's memory
    std::int64_t availableBytes = 0;
    std::int64_t microBatch = 1;
    bool recompute = false;
    double seconds = 0.0; ///< the budget, or 0 where steps were asked for

    std::int64_t bytes() const { return weightBytes + activationBytes + factorBytes; }
    bool fits() const { return bytes() <= availableBytes * 9 / 10; }
};

/// How many clips a step sees. Many small steps take a look sooner than few large ones.
constexpr std::int64_t kLookBatch = 4;

/// The quickest way that fits into what is free; where none does, the one that needs least.
LookForecast forecastLook(const ModelFiles& files, const LookJob& job, const Device& device);

} // namespace generation
