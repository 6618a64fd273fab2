#pragma once

#include "timeline/time/FrameRate.h"

#include <compare>
#include <cstdint>

namespace timeline {

enum class Rounding : std::uint8_t { Floor, Nearest, Ceil };

/// A moment or a length: `value` counts of 1/rate seconds. Exact; comparison and arithmetic never go through doubles.
/// OTIO's RationalTime.1, with an integer value and a rational rate.
/// Thread: a value.
class RationalTime {
public:
    constexpr RationalTime() = default; ///< zero
    constexpr RationalTime(std::int64_t value, FrameRate rate) : m_value(value), m_rate(rate) {}

    /// The nearest count at `rate`. `seconds` must be finite and under 2^31.
    static RationalTime fromSeconds(double seconds, FrameRate rate);

    constexpr std::int64_t value() const { return m_value; }
    constexpr FrameRate rate() const { return m_rate; }
    double toSeconds() const;

    /// The same moment at another rate, rounded as asked. Saturates at the ends of int64.
    RationalTime rescaledTo(FrameRate rate, Rounding rounding = Rounding::Nearest) const;
    /// True when rescaledTo(rate) loses nothing.
    bool isExactAt(FrameRate rate) const;

    /// By moment, not by spelling: 1 @ 1 equals 24 @ 24.
    std::strong_ordering operator<=>(const RationalTime& other) const;
    bool operator==(const RationalTime& other) const { return (*this <=> other) == 0; }

    RationalTime operator-() const; ///< saturates, too

private:
    std::int64_t m_value = 0;
    FrameRate m_rate;
};

/// Exact when both have one rate; otherwise the result has the rate of the left side if that is exact, else the
/// least common rate of both (or, where that is out of range, the left side's, rounded to nearest).
RationalTime operator+(const RationalTime& a, const RationalTime& b);
RationalTime operator-(const RationalTime& a, const RationalTime& b);

} // namespace timeline
