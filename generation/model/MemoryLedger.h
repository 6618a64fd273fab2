#pragma once

#include <algorithm>
#include <cstdint>

namespace generation {

/// Follows what a computation holds, in bytes: what is live, and the most that ever was.
/// Thread: one.
class MemoryLedger {
public:
    void take(std::int64_t bytes) {
        m_live += bytes;
        m_peak = std::max(m_peak, m_live);
    }
    void drop(std::int64_t bytes) { m_live -= bytes; }
    /// Something that is taken and dropped at once.
    void pass(std::int64_t bytes) { m_peak = std::max(m_peak, m_live + bytes); }

    std::int64_t live() const { return m_live; }
    std::int64_t peak() const { return m_peak; }

private:
    std::int64_t m_live = 0;
    std::int64_t m_peak = 0;
};

} // namespace generation
