#include "timeline/media/RunningClock.h"

#include <algorithm>

namespace timeline {

namespace {

/// No file has stamps beyond it that mean something.
constexpr std::int64_t kGreatest = 1LL << 60;
constexpr std::int64_t kLongestStep = 1LL << 40;

} // namespace

std::int64_t RunningClock::shiftFor(std::int64_t stamp, std::int64_t duration) {
    if (stamp < -kGreatest || stamp > kGreatest) {
        return m_shift;
    }
    if (m_last) {
        const std::int64_t ahead = stamp + m_shift - m_due;
        if (ahead < -m_longestBack || ahead > m_longestAhead) {
            m_shift -= ahead;
            m_wasSetAnew = true;
        }
    }
    const std::int64_t now = stamp + m_shift;
    const std::int64_t step = duration > 0 ? duration : m_last ? now - *m_last : 1;
    if (!m_last || now >= *m_last) { // what comes late does not hurry the next one
        m_last = now;
        m_due = now + std::clamp<std::int64_t>(step, 1, kLongestStep);
    }
    return m_shift;
}

void RunningClock::forgetPlace() {
    m_shift = 0;
    m_last.reset();
}

} // namespace timeline
