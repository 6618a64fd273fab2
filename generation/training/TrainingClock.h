#pragma once

#include <chrono>
#include <cstdint>

namespace generation {

/// How long a loop may take: so many steps, or so many seconds. With steps its result depends on the seed alone; with
/// seconds the clock decides how fast the learning rate falls.
/// Thread: a value.
struct TrainingBudget {
    std::int64_t steps = 0; ///< 0: seconds count
    double seconds = 0.0;
};

/// Where a loop is in its budget, also over interruptions.
/// Thread: one.
class TrainingClock {
public:
    /// `spent`: seconds before an interruption.
    TrainingClock(const TrainingBudget& budget, double spent) : m_budget(budget), m_before(spent) {}

    double spent() const {
        return m_before + std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count();
    }
    /// 0 to 1, before step `step` (from 0).
    double fraction(std::int64_t step) const;
    double secondsLeft(std::int64_t step) const;

private:
    TrainingBudget m_budget;
    double m_before;
    std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
};

/// Rises over the first `warmup` steps, then falls to 2 % as a cosine of the fraction.
double learningRateFactor(std::int64_t step, std::int64_t warmup, double fraction);

} // namespace generation
