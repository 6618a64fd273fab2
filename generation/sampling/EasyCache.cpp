#include "generation/sampling/EasyCache.h"

#include <ATen/ATen.h>

namespace generation {
namespace {

double meanSize(const at::Tensor& x) {
    return x.abs().mean(at::kDouble).item<double>();
}

/// Each sample as often as it has rows of velocities.
at::Tensor forRows(const at::Tensor& sample, std::int64_t rows) {
    return rows == sample.size(0) ? sample : sample.repeat_interleave(rows / sample.size(0), 0);
}

/// The prompt's rows.
at::Tensor leading(const at::Tensor& velocities, std::int64_t samples) {
    return velocities.slice(0, 0, velocities.size(0), velocities.size(0) / samples);
}

} // namespace

bool EasyCache::skips(const at::Tensor& sample, std::int64_t rows, int step, int steps) {
    const at::Tensor previous = m_previous;
    m_previous = sample;
    if (step < m_warmUp || step + 1 >= steps || m_rate < 0.0 || !m_residual.defined() || m_residual.size(0) != rows ||
        m_residual.sizes().slice(1) != sample.sizes().slice(1)) {
        return false;
    }
    m_sum += m_rate * meanSize(sample - previous) / meanSize(m_lastVelocity);
    if (!(m_sum < m_threshold)) { // NaN computes
        return false;
    }
    ++m_skipped;
    return true;
}

at::Tensor EasyCache::reuse(const at::Tensor& sample) const {
    return forRows(sample, m_residual.size(0)) + m_residual;
}

void EasyCache::computed(const at::Tensor& sample, const at::Tensor& velocities) {
    const at::Tensor prompt = leading(velocities, sample.size(0));
    if (m_lastSample.defined()) {
        const double moved = meanSize(sample - m_lastSample);
        m_rate = moved > 0.0 ? meanSize(prompt - m_lastVelocity) / moved : -1.0;
    }
    m_sum = 0.0;
    m_lastSample = sample;
    m_lastVelocity = prompt.clone();
    m_residual = velocities - forRows(sample, velocities.size(0));
}

void EasyCache::save(RunState& state, const std::string& prefix) const {
    const auto put = [&](const char* name, const at::Tensor& tensor) {
        if (tensor.defined()) {
            state.tensors[prefix + name] = tensor;
        }
    };
    put("previous", m_previous);
    put("last_sample", m_lastSample);
    put("last_velocity", m_lastVelocity);
    put("residual", m_residual);
    state.numbers[prefix + "rate"] = m_rate;
    state.numbers[prefix + "sum"] = m_sum;
    state.integers[prefix + "skipped"] = m_skipped;
}

void EasyCache::restore(const RunState& state, const std::string& prefix) {
    const auto get = [&](const char* name) {
        const auto found = state.tensors.find(prefix + name);
        return found == state.tensors.end() ? at::Tensor() : found->second;
    };
    m_previous = get("previous");
    m_lastSample = get("last_sample");
    m_lastVelocity = get("last_velocity");
    m_residual = get("residual");
    m_rate = state.numbers.at(prefix + "rate");
    m_sum = state.numbers.at(prefix + "sum");
    m_skipped = static_cast<int>(state.integers.at(prefix + "skipped"));
}

} // namespace generation
