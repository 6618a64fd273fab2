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

/// Levels by index with the closing 0, and timesteps from them.
Schedule build(int steps, const std::function<double(int)>& sigma) {
    Schedule schedule;
    for (int i = 0; i < steps; ++i) {
        schedule.sigmas.push_back(sigma(i));
        schedule.timesteps.push_back(1000.0 * schedule.sigmas.back());
    }
    schedule.sigmas.push_back(0.0);
    return schedule;
}

/// As the published UniPC has it: timesteps are cut to integers while the levels are still float64, whose last bit
/// decides where a level is a whole thousandth; then the levels become float32, and the logarithm of 1 - sigma feels
/// that at the first one.
Schedule truncated(Schedule schedule) {
    for (double& timestep : schedule.timesteps) {
        timestep = std::trunc(timestep);
    }
    for (double& sigma : schedule.sigmas) {
        sigma = static_cast<float>(sigma);
    }
    return schedule;
}

} // namespace

double shifted(double sigma, double shift) {
    return shift * sigma / (1.0 + (shift - 1.0) * sigma);
}

Schedule eulerSchedule(int steps, double shift) {
    check(steps, shift);
    return build(steps, [&](int i) { return shifted(1.0 - static_cast<double>(i) / steps, shift); });
}

Schedule diffusersEulerSchedule(int steps, double shift) {
    check(steps, shift);
    const double lowest = shifted(0.001, shift);
    const auto sigma = [&](int i) {
        const double fraction = steps == 1 ? 0.0 : static_cast<double>(i) / (steps - 1);
        return shifted(1.0 + (lowest - 1.0) * fraction, shift);
    };
    return build(steps, sigma);
}

Schedule uniPcSchedule(int steps, double shift) {
    check(steps, shift);
    const double step = (0.001 - 1.0) / steps;
    const auto sigma = [&](int i) {
        const double level = shifted(1.0 + i * step, shift);
        return i == 0 ? level - 1e-6 : level; // 1 - sigma must not be 0
    };
    return truncated(build(steps, sigma));
}

Schedule originalUniPcSchedule(int steps, double shift) {
    check(steps, shift);
    const double top = 0.999F; // it is kept in float32
    const double step = (0.0 - top) / steps;
    return truncated(build(steps, [&](int i) { return shifted(top + i * step, shift); }));
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
    return build(static_cast<int>(timesteps.size()),
                 [&](int i) { return timesteps[static_cast<std::size_t>(i)] / 1000.0; });
}

} // namespace generation
