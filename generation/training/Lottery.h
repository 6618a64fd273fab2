#pragma once

#include <cstdint>

namespace generation {

/// Random numbers that are a function of a seed and of what they are for (SplitMix64): a run that is taken up again
/// draws what the first one would have.
/// Thread: one.
class Lottery {
public:
    explicit Lottery(std::uint64_t seed, std::uint64_t a = 0, std::uint64_t b = 0)
        : m_state(mixed(mixed(mixed(seed) ^ a) ^ b)) {}

    std::uint64_t next() {
        m_state += 0x9E3779B97F4A7C15ULL;
        return mixed(m_state);
    }
    /// 0 to 1, 1 excluded.
    double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
    /// 0 to n - 1.
    std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(unit() * static_cast<double>(n)); }
    bool happens(double probability) { return unit() < probability; }

private:
    static std::uint64_t mixed(std::uint64_t z) {
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }

    std::uint64_t m_state;
};

} // namespace generation
