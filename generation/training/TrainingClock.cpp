#include "generation/training/TrainingClock.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace generation {

double TrainingClock::fraction(std::int64_t step) const {
    if (m_budget.steps > 0) {
        return std::min(1.0, static_cast<double>(step) / static_cast<double>(m_budget.steps));
    }
    return m_budget.seconds > 0.0 ? std::min(1.0, spent() / m_budget.seconds) : 1.0;
}

double TrainingClock::secondsLeft(std::int64_t step) const {
    if (m_budget.steps == 0) {
        return std::max(0.0, m_budget.seconds - spent());
    }
    const auto done = static_cast<double>(std::max<std::int64_t>(1, step));
    return spent() / done * static_cast<double>(std::max<std::int64_t>(0, m_budget.steps - step));
}

double learningRateFactor(std::int64_t step, std::int64_t warmup, double fraction) {
    constexpr double kLast = 0.02;
    const double rise = warmup > 0 ? std::min(1.0, static_cast<double>(step + 1) / static_cast<double>(warmup)) : 1.0;
    const double fall = 0.5 * (1.0 + std::cos(std::numbers::pi * std::clamp(fraction, 0.0, 1.0)));
    return rise * (kLast + (1.0 - kLast) * fall);
}

} // namespace generation
