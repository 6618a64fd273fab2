#pragma once

#include <compare>
#include <cstdint>

namespace timeline {

/// Frames (or audio samples) per second as a fraction in lowest terms: 24/1, 30000/1001, 48000/1.
/// Invariant: 0 < numerator <= 10'000'000 and 0 < denominator <= 1'000'000.
/// Thread: a value.
class FrameRate {
public:
    constexpr FrameRate() = default; ///< 24 frames a second
    /// Brings the fraction to lowest terms. Out-of-range parts are a programmer's error; use isValid() on input.
    FrameRate(std::int64_t numerator, std::int64_t denominator = 1);

    static bool isValid(std::int64_t numerator, std::int64_t denominator);
    /// The exact rate behind a decimal as OTIO and users write it: 23.976 and 23.98 are 24000/1001, 29.97 is
    /// 30000/1001, 12.5 is 25/2. Returns `fallback` for anything not finite, not positive or out of range.
    static FrameRate fromDouble(double framesPerSecond, FrameRate fallback);
    static FrameRate fromDouble(double framesPerSecond); ///< falls back to 24 frames a second

    constexpr std::int64_t numerator() const { return m_numerator; }
    constexpr std::int64_t denominator() const { return m_denominator; }
    double toDouble() const { return static_cast<double>(m_numerator) / static_cast<double>(m_denominator); }
    /// The whole number timecode counts to: 24 for 23.976, 30 for 29.97.
    std::int64_t nominal() const { return (m_numerator + m_denominator - 1) / m_denominator; }

    bool operator==(const FrameRate&) const = default;

private:
    std::int64_t m_numerator = 24;
    std::int64_t m_denominator = 1;
};

} // namespace timeline
