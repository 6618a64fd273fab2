#pragma once

#include "generation/sampling/Schedule.h"

#include <ATen/core/Tensor.h>

#include <memory>
#include <string_view>

namespace generation {

/// Walks a sample down a schedule, one velocity of the network at a time. Tensors are float32 of one shape.
/// Thread: one; made anew for every run.
class Sampler {
public:
    /// Begins at step `start` of the schedule (video to video enters late).
    Sampler(Schedule schedule, int start);
    virtual ~Sampler() = default;

    bool done() const { return m_index >= m_schedule.steps(); }
    int index() const { return m_index; }
    double sigma() const { return m_schedule.sigmas.at(static_cast<std::size_t>(m_index)); }
    double timestep() const { return m_schedule.timesteps.at(static_cast<std::size_t>(m_index)); }
    const Schedule& schedule() const { return m_schedule; }

    /// The sample at the next level, given the velocity (noise minus clip) at the present one.
    at::Tensor step(const at::Tensor& sample, const at::Tensor& velocity);

protected:
    virtual at::Tensor advance(const at::Tensor& sample, const at::Tensor& velocity) = 0;
    double sigmaAt(int index) const { return m_schedule.sigmas.at(static_cast<std::size_t>(index)); }

private:
    Schedule m_schedule;
    int m_index;
};

/// First order: along the velocity.
/// Thread: as its base.
class EulerSampler final : public Sampler {
public:
    using Sampler::Sampler;

private:
    at::Tensor advance(const at::Tensor& sample, const at::Tensor& velocity) override;
};

/// UniPC, order 2, "bh2", data prediction, corrector on, first order in the last step (engine spec 5.2; the 2x2 solve
/// of the published code in closed form). Thread: as its base.
class UniPcSampler final : public Sampler {
public:
    using Sampler::Sampler;

private:
    at::Tensor advance(const at::Tensor& sample, const at::Tensor& velocity) override;
    /// Replaces the sample that `clip` was predicted from.
    at::Tensor corrected(const at::Tensor& clip) const;
    at::Tensor predicted(const at::Tensor& sample, const at::Tensor& clip, int order) const;
    double lambda(int index) const;

    at::Tensor m_clip, m_olderClip; ///< predictions of the clip at the previous step and the one before
    at::Tensor m_lastSample;        ///< sample from which the last prediction was made
    int m_lastOrder = 0;
    int m_taken = 0;
};

/// "euler" or "unipc"; null for anything else. With the schedule that belongs to it.
std::unique_ptr<Sampler> makeSampler(std::string_view name, int steps, double shift, int start = 0);

/// The clip as the velocity at this level promises it.
at::Tensor clipEstimate(const at::Tensor& sample, const at::Tensor& velocity, double sigma);

/// Classifier-free guidance: unconditional + scale * (conditional - unconditional).
at::Tensor guided(const at::Tensor& conditional, const at::Tensor& unconditional, double scale);

} // namespace generation
