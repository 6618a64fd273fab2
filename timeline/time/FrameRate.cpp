#include "timeline/time/FrameRate.h"

#include <array>
#include <cassert>
#include <cmath>
#include <numeric>

namespace timeline {

namespace {

constexpr std::int64_t kMaxNumerator = 10'000'000;
constexpr std::int64_t kMaxDenominator = 1'000'000;

} // namespace

FrameRate::FrameRate(std::int64_t numerator, std::int64_t denominator) {
    assert(numerator > 0 && denominator > 0);
    const std::int64_t divisor = std::gcd(numerator, denominator);
    m_numerator = numerator / divisor;
    m_denominator = denominator / divisor;
    assert(isValid(m_numerator, m_denominator));
}

bool FrameRate::isValid(std::int64_t numerator, std::int64_t denominator) {
    if (numerator <= 0 || denominator <= 0) {
        return false;
    }
    const std::int64_t divisor = std::gcd(numerator, denominator);
    return numerator / divisor <= kMaxNumerator && denominator / divisor <= kMaxDenominator;
}

FrameRate FrameRate::fromDouble(double framesPerSecond) {
    return fromDouble(framesPerSecond, FrameRate());
}

FrameRate FrameRate::fromDouble(double framesPerSecond, FrameRate fallback) {
    if (!std::isfinite(framesPerSecond) || framesPerSecond < 1e-3 || framesPerSecond > 1e7) {
        return fallback;
    }
    const double whole = std::round(framesPerSecond);
    if (whole >= 1 && std::abs(framesPerSecond - whole) < 1e-6) {
        return FrameRate(static_cast<std::int64_t>(whole), 1);
    }
    for (const std::int64_t nominal : std::array<std::int64_t, 8>{24, 30, 48, 60, 72, 96, 120, 240}) {
        const double ntsc = static_cast<double>(nominal) * 1000.0 / 1001.0;
        if (std::abs(framesPerSecond - ntsc) < 0.005 * static_cast<double>(nominal) / 24.0) {
            return FrameRate(nominal * 1000, 1001);
        }
    }
    const auto thousandths = static_cast<std::int64_t>(std::llround(framesPerSecond * 1000.0));
    return isValid(thousandths, 1000) ? FrameRate(thousandths, 1000) : fallback;
}

} // namespace timeline
