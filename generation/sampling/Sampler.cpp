#include "generation/sampling/Sampler.h"

#include <ATen/TensorOperators.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace generation {

Sampler::Sampler(Schedule schedule, int start) : m_schedule(std::move(schedule)), m_index(start) {
    if (start < 0 || start > m_schedule.steps()) {
        throw std::invalid_argument("sampler: start is outside the schedule");
    }
}

at::Tensor Sampler::step(const at::Tensor& sample, const at::Tensor& velocity) {
    if (done()) {
        throw std::logic_error("sampler: no step left");
    }
    at::Tensor next = advance(sample, velocity);
    ++m_index;
    return next;
}

void Sampler::save(RunState& state) const {
    state.integers["sampler.index"] = m_index;
    saveHistory(state);
}

void Sampler::restore(const RunState& state) {
    const std::int64_t index = state.integers.at("sampler.index");
    if (index < 0 || index > m_schedule.steps()) {
        throw std::invalid_argument("sampler: the saved step is outside the schedule");
    }
    m_index = static_cast<int>(index);
    restoreHistory(state);
}

at::Tensor EulerSampler::advance(const at::Tensor& sample, const at::Tensor& velocity) {
    return sample + (sigmaAt(index() + 1) - sigmaAt(index())) * velocity;
}

double UniPcSampler::lambda(int index) const {
    const double sigma = sigmaAt(index);
    return sigma > 0.0 ? std::log((1.0 - sigma) / sigma) : std::numeric_limits<double>::infinity();
}

at::Tensor UniPcSampler::advance(const at::Tensor& sample, const at::Tensor& velocity) {
    at::Tensor clip = clipEstimate(sample, velocity, sigma());
    const at::Tensor now = m_lastOrder > 0 ? corrected(clip) : sample;
    const int order = std::min({2, schedule().steps() - index(), m_taken + 1});
    at::Tensor next = predicted(now, clip, order);
    m_olderClip = std::exchange(m_clip, std::move(clip));
    m_lastSample = now;
    m_lastOrder = order;
    ++m_taken;
    return next;
}

at::Tensor UniPcSampler::corrected(const at::Tensor& clip) const {
    const int i = index();
    const double alpha = 1.0 - sigmaAt(i);
    const double h = lambda(i) - lambda(i - 1);
    const double hh = -h;
    const double b = std::expm1(hh);
    const at::Tensor base = (sigmaAt(i) / sigmaAt(i - 1)) * m_lastSample - (alpha * b) * m_clip;
    if (m_lastOrder == 1) {
        return base - (alpha * b * 0.5) * (clip - m_clip);
    }
    const double r = (lambda(i - 2) - lambda(i - 1)) / h;
    const double phi1 = b / hh - 1.0;
    const double b1 = phi1 / b;
    const double phi2 = phi1 / hh - 0.5;
    const double b2 = 2.0 * phi2 / b;
    const double rho0 = (b1 - b2) / (1.0 - r);
    const double rho1 = b1 - rho0;
    return base - (alpha * b) * ((rho0 / r) * (m_olderClip - m_clip) + rho1 * (clip - m_clip));
}

at::Tensor UniPcSampler::predicted(const at::Tensor& sample, const at::Tensor& clip, int order) const {
    const int i = index();
    const double next = sigmaAt(i + 1);
    const double alpha = 1.0 - next;
    const double h = lambda(i + 1) - lambda(i);
    const double b = next > 0.0 ? std::expm1(-h) : -1.0;
    at::Tensor result = (next / sigmaAt(i)) * sample - (alpha * b) * clip;
    if (order == 2) {
        const double r = (lambda(i - 1) - lambda(i)) / h;
        result = result - (alpha * b * 0.5 / r) * (m_clip - clip);
    }
    return result;
}

void UniPcSampler::saveHistory(RunState& state) const {
    state.integers["unipc.order"] = m_lastOrder;
    state.integers["unipc.taken"] = m_taken;
    const auto put = [&](const char* name, const at::Tensor& tensor) {
        if (tensor.defined()) {
            state.tensors[name] = tensor;
        }
    };
    put("unipc.clip", m_clip);
    put("unipc.older_clip", m_olderClip);
    put("unipc.sample", m_lastSample);
}

void UniPcSampler::restoreHistory(const RunState& state) {
    const auto get = [&](const char* name) { return state.has(name) ? state.tensors.at(name) : at::Tensor(); };
    m_lastOrder = static_cast<int>(state.integers.at("unipc.order"));
    m_taken = static_cast<int>(state.integers.at("unipc.taken"));
    m_clip = get("unipc.clip");
    m_olderClip = get("unipc.older_clip");
    m_lastSample = get("unipc.sample");
    if ((m_lastOrder > 0) != m_clip.defined() || m_clip.defined() != m_lastSample.defined() ||
        (m_lastOrder == 2 && !m_olderClip.defined())) {
        throw std::invalid_argument("sampler: the saved history is not whole");
    }
}

DistilledSampler::DistilledSampler(Schedule schedule, int start, NoiseSource noise)
    : Sampler(std::move(schedule), start), m_noise(std::move(noise)) {
    if (!m_noise) {
        throw std::invalid_argument("sampler: the distilled loop needs a source of noise");
    }
}

at::Tensor DistilledSampler::advance(const at::Tensor& sample, const at::Tensor& velocity) {
    at::Tensor clip = clipEstimate(sample, velocity, sigma());
    const double next = sigmaAt(index() + 1);
    return next > 0.0 ? (1.0 - next) * clip + next * m_noise(index()).to(clip.device()) : clip;
}

const std::vector<std::string>& samplerNames() {
    static const std::vector<std::string> names{"euler", "unipc", "unipc-official", "distilled"};
    return names;
}

bool isSampler(std::string_view name) {
    const auto& names = samplerNames();
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::unique_ptr<Sampler> makeSampler(const SamplerOptions& options, int start) {
    if (options.name == "euler") {
        return std::make_unique<EulerSampler>(eulerSchedule(options.steps, options.shift), start);
    }
    if (options.name == "unipc") {
        return std::make_unique<UniPcSampler>(uniPcSchedule(options.steps, options.shift), start);
    }
    if (options.name == "unipc-official") {
        return std::make_unique<UniPcSampler>(originalUniPcSchedule(options.steps, options.shift), start);
    }
    if (options.name == "distilled") {
        Schedule schedule =
            options.timesteps.empty() ? eulerSchedule(options.steps, options.shift) : listedSchedule(options.timesteps);
        return std::make_unique<DistilledSampler>(std::move(schedule), start, options.noise);
    }
    return nullptr;
}

at::Tensor clipEstimate(const at::Tensor& sample, const at::Tensor& velocity, double sigma) {
    return sample - sigma * velocity;
}

} // namespace generation
