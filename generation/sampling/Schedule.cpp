#include "generation/sampling/Schedule.h"

#include <cmath>
#include <functional>
#include <stdexcept>

namespace generation {
namespace {

void check(int steps, double shift) {
    if (steps < 1 || !(shift > 0.0) || !std::isfinite(shift)) {
        throw std::invalid_argument("schedule: steps must be 1 or more and shift above 0");
    }
}

/// Levels by index with the closing 0; timesteps from them.
Schedule build(int steps, const std::function<double(int)>& sigma, bool truncate) {
    Schedule schedule;
    for (int i = 0; i < steps; ++i) {
        schedule.sigmas.push_back(sigma(i));
        const double timestep = 1000.0 * schedule.sigmas.back();
        schedule.timesteps.push_back(truncate ? std::trunc(timestep) : timestep);
    }
    schedule.sigmas.push_back(0.0);
    return schedule;
}

/// The published UniPC keeps its levels in float32, and the logarithm of 1 - sigma feels that at the first one.
double rounded(double sigma) {
    return static_cast<float>(sigma);
}

} // namespace

double shifted(double sigma, double shift) {
    return shift * sigma / (1.0 + (shift - 1.0) * sigma);
}

Schedule eulerSchedule(int steps, double shift) {
    check(steps, shift);
    return build(steps, [&](int i) { return shifted(1.0 - static_cast<double>(i) / steps, shift); }, false);
}

Schedule diffusersEulerSchedule(int steps, double shift) {
    check(steps, shift);
    const double lowest = shifted(0.001, shift);
    const auto sigma = [&](int i) {
        const double fraction = steps == 1 ? 0.0 : static_cast<double>(i) / (steps - 1);
        return shifted(1.0 + (lowest - 1.0) * fraction, shift);
    };
    return build(steps, sigma, false);
}

Schedule uniPcSchedule(int steps, double shift) {
    check(steps, shift);
    const auto sigma = [&](int i) {
        const double level = shifted(1.0 - i * 0.999 / steps, shift);
        return rounded(i == 0 ? level - 1e-6 : level); // 1 - sigma must not be 0
    };
    return build(steps, sigma, true);
}

Schedule originalUniPcSchedule(int steps, double shift) {
    check(steps, shift);
    return build(
        steps, [&](int i) { return rounded(shifted(0.999 * (1.0 - static_cast<double>(i) / steps), shift)); }, true);
}

Schedule listedSchedule(const std::vector<double>& timesteps) {
    double above = 1000.0 + 1e-9;
    for (const double timestep : timesteps) {
        if (!(timestep > 0.0) || !(timestep < above)) {
            throw std::invalid_argument("schedule: timesteps must fall from at most 1000 and stay above 0");
        }
        above = timestep;
    }
    check(static_cast<int>(timesteps.size()), 1.0);
    return build(
        static_cast<int>(timesteps.size()), [&](int i) { return timesteps[static_cast<std::size_t>(i)] / 1000.0; },
        false);
}

} // namespace generation
