#pragma once

#include "generation/sampling/RunState.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

namespace generation {

/// EasyCache (Zhou et al. 2025; engine spec section 6): as long as the sample has moved little since the network last
/// ran, its last residual (velocity minus sample) is used again. Knows tensors only; the first rows of a batch of
/// velocities, `leading` of them, belong to the prompt and decide; the others follow.
/// Thread: one; made anew for every run and window.
class EasyCache {
public:
    /// The first `warmUp` steps and the last one are always computed.
    EasyCache(double threshold, int warmUp) : m_threshold(threshold), m_warmUp(warmUp) {}

    /// To be called once a step, before it, with the sample [K, ...]. True: reuse() in place of the network, which is
    /// possible for batches of `rows` velocities.
    bool skips(const at::Tensor& sample, std::int64_t rows, int step, int steps);

    /// Velocities [rows, ...] as the last residual has them; rows / K of them for each sample.
    at::Tensor reuse(const at::Tensor& sample) const;

    /// What the network gave for the sample. Rows 0, n, 2n, ... (n = rows / K) are the prompt's.
    void computed(const at::Tensor& sample, const at::Tensor& velocities);

    int skipped() const { return m_skipped; }

    void save(RunState& state, const std::string& prefix) const;
    void restore(const RunState& state, const std::string& prefix);

private:
    double m_threshold;
    int m_warmUp;
    at::Tensor m_previous;     ///< the sample of the step before
    at::Tensor m_lastSample;   ///< of the last computed step
    at::Tensor m_lastVelocity; ///< the prompt's, of that step
    at::Tensor m_residual;     ///< of all rows, of that step
    double m_rate = -1.0;      ///< how much the velocity changes for a change of the sample; below 0: not known yet
    double m_sum = 0.0;        ///< predicted change since the last computed step
    int m_skipped = 0;
};

} // namespace generation
