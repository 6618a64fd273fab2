#pragma once

#include <cstdint>
#include <optional>

namespace timeline {

/// Time stamps that run on where a stream's clock was set anew in mid-file, as in recordings that were joined: what
/// comes then follows what came before. Small steps back and gaps stay as they are.
/// Thread: a value.
class RunningClock {
public:
    /// @param longestBack, longestAhead  in ticks; a longer step is no step but another clock
    RunningClock(std::int64_t longestBack, std::int64_t longestAhead)
        : m_longestBack(longestBack), m_longestAhead(longestAhead) {}

    /// What to add to this stamp, and to what comes with it. Stamps come in ascending order but for new clocks.
    /// @param duration  until the next one is due; 0: not known
    std::int64_t shiftFor(std::int64_t stamp, std::int64_t duration);
    /// After a seek: the file's own clock counts again.
    void forgetPlace();
    bool wasSetAnew() const { return m_wasSetAnew; } ///< since it was made

private:
    std::int64_t m_longestBack;
    std::int64_t m_longestAhead;
    std::int64_t m_shift = 0;
    std::optional<std::int64_t> m_last; ///< on the running clock
    std::int64_t m_due = 0;             ///< when the next one is
    bool m_wasSetAnew = false;
};

} // namespace timeline
