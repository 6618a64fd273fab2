#pragma once

#include "generation/sampling/RunState.h"
#include "generation/sampling/Schedule.h"

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

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

    /// Where the run is and what the next step needs of the ones before.
    void save(RunState& state) const;
    /// Goes on where the saved run was. Throws std::invalid_argument for a place outside this schedule.
    void restore(const RunState& state);

protected:
    virtual void saveHistory(RunState&) const {}
    virtual void restoreHistory(const RunState&) {}
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
    void saveHistory(RunState& state) const override;
    void restoreHistory(const RunState& state) override;
    /// Replaces the sample that `clip` was predicted from.
    at::Tensor corrected(const at::Tensor& clip) const;
    at::Tensor predicted(const at::Tensor& sample, const at::Tensor& clip, int order) const;
    double lambda(int index) const;

    at::Tensor m_clip, m_olderClip; ///< predictions of the clip at the previous step and the one before
    at::Tensor m_lastSample;        ///< sample from which the last prediction was made
    int m_lastOrder = 0;
    int m_taken = 0;
};

/// Fresh noise for the step, of the sample's shape.
using NoiseSource = std::function<at::Tensor(int step)>;

/// The loop of distilled models (DMD, consistency; engine spec 5.3): to the clip that the velocity promises, and back
/// up to the next level with fresh noise.
/// Thread: as its base.
class DistilledSampler final : public Sampler {
public:
    DistilledSampler(Schedule schedule, int start, NoiseSource noise);

private:
    at::Tensor advance(const at::Tensor& sample, const at::Tensor& velocity) override;

    NoiseSource m_noise;
};

/// What a sampler is made from.
struct SamplerOptions {
    std::string name; ///< a name of samplerNames()
    int steps = 0;
    double shift = 1.0;
    std::vector<double> timesteps = {}; ///< for "distilled": in place of steps and shift, where there are any
    NoiseSource noise = {};             ///< for "distilled"
};

/// "euler", "unipc" (levels of diffusers), "unipc-official" (levels of the original Wan code), "distilled".
const std::vector<std::string>& samplerNames();
bool isSampler(std::string_view name);

/// With the schedule that belongs to it; null for a name that is none.
std::unique_ptr<Sampler> makeSampler(const SamplerOptions& options, int start = 0);

/// The clip as the velocity at this level promises it.
at::Tensor clipEstimate(const at::Tensor& sample, const at::Tensor& velocity, double sigma);

} // namespace generation
