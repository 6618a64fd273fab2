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

std::unique_ptr<Sampler> makeSampler(std::string_view name, int steps, double shift, int start) {
    if (name == "euler") {
        return std::make_unique<EulerSampler>(eulerSchedule(steps, shift), start);
    }
    if (name == "unipc") {
        return std::make_unique<UniPcSampler>(uniPcSchedule(steps, shift), start);
    }
    return nullptr;
}

at::Tensor clipEstimate(const at::Tensor& sample, const at::Tensor& velocity, double sigma) {
    return sample - sigma * velocity;
}

at::Tensor guided(const at::Tensor& conditional, const at::Tensor& unconditional, double scale) {
    return unconditional + scale * (conditional - unconditional);
}

} // namespace generation
