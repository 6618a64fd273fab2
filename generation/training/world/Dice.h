#pragma once

#include <cstddef>
#include <cstdint>

namespace generation::world {

/// The finaliser of splitmix64: every input bit reaches every output bit.
constexpr std::uint64_t mixed(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
}

/// Random numbers of a seed, the same on every machine and for every standard library (whose distributions differ).
/// Integer arithmetic only, except for an exact scaling to float.
/// Thread: a value.
class Dice {
public:
    constexpr explicit Dice(std::uint64_t seed) : m_state(mixed(seed)) {}
    /// Two streams of one seed for two purposes do not meet.
    constexpr Dice(std::uint64_t seed, std::uint64_t purpose) : m_state(mixed(seed ^ mixed(purpose))) {}

    constexpr std::uint64_t next() {
        m_state += 0x9E3779B97F4A7C15U;
        return mixed(m_state);
    }

    /// 0 <= x < 1, in steps of 2^-24.
    constexpr float unit() { return static_cast<float>(next() >> 40U) * 0x1p-24F; }
    constexpr float between(float low, float high) { return low + (high - low) * unit(); }
    constexpr bool chance(float probability) { return unit() < probability; }

    /// 0 <= x < count; the bias is count / 2^32.
    constexpr int below(int count) {
        return static_cast<int>(((next() >> 32U) * static_cast<std::uint64_t>(count)) >> 32U);
    }

    /// For the noise functions, whose seeds are 32 bits.
    constexpr std::uint32_t word() { return static_cast<std::uint32_t>(next() >> 32U); }

    template <class List>
    constexpr const auto& pick(const List& list) {
        return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
    }

private:
    std::uint64_t m_state;
};

} // namespace generation::world
