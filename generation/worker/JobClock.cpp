#include "generation/worker/JobClock.h"

#include <algorithm>
#include <numeric>

namespace generation {
namespace {

double secondsBetween(JobClock::Time from, JobClock::Time to) {
    return std::chrono::duration<double>(to - from).count();
}

} // namespace

void JobClock::begin(Time now) {
    m_begin = m_stageBegin = m_lastStep = now;
    m_stage = Stage::Load;
    m_stepSeconds.clear();
}

double JobClock::stepSeconds() const {
    // The first step also warms caches up; the last few follow what else the machine is doing.
    constexpr std::ptrdiff_t kRecent = 4;
    const auto first = m_stepSeconds.begin() + (m_stepSeconds.size() > 1 ? 1 : 0);
    const auto begin = std::max(
        first, m_stepSeconds.end() - std::min<std::ptrdiff_t>(kRecent, std::distance(first, m_stepSeconds.end())));
    const auto count = std::distance(begin, m_stepSeconds.end());
    return count > 0 ? std::accumulate(begin, m_stepSeconds.end(), 0.0) / static_cast<double>(count) : -1.0;
}

double JobClock::mark(Stage stage, int step, int steps, Time now) {
    if (stage != m_stage) {
        m_stage = stage;
        m_stageBegin = m_lastStep = now;
    } else if (stage == Stage::Denoise) {
        m_stepSeconds.push_back(secondsBetween(m_lastStep, now));
        m_lastStep = now;
    }
    const double stepTime = stepSeconds();
    const double stageTime = secondsBetween(m_stageBegin, now);
    if (stage == Stage::Save) {
        return 0.0;
    }
    if (stage == Stage::Decode) {
        if (step == steps && stepTime > 0.0) {
            m_decodeSteps = stageTime / stepTime;
        }
        if (step == 0) {
            return stepTime < 0.0 ? -1.0 : stepTime * m_decodeSteps;
        }
        return stageTime / step * (steps - step);
    }
    return stage == Stage::Denoise && stepTime >= 0.0 ? stepTime * (steps - step + m_decodeSteps) : -1.0;
}

double JobClock::seconds(Time now) const {
    return secondsBetween(m_begin, now);
}

} // namespace generation
