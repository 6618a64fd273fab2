#include "timeline/time/RationalTime.h"

#include <cmath>
#include <limits>
#include <numeric>

namespace timeline {

namespace {

__extension__ using Wide = __int128;

std::int64_t saturated(Wide value) {
    constexpr Wide low = std::numeric_limits<std::int64_t>::min();
    constexpr Wide high = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(value < low ? low : value > high ? high : value);
}

Wide divided(Wide numerator, Wide denominator, Rounding rounding) {
    const Wide quotient = numerator / denominator;
    const Wide remainder = numerator % denominator;
    const Wide floor = remainder < 0 ? quotient - 1 : quotient;
    const Wide above = numerator - floor * denominator; // 0 <= above < denominator
    switch (rounding) {
    case Rounding::Floor:
        return floor;
    case Rounding::Ceil:
        return above > 0 ? floor + 1 : floor;
    case Rounding::Nearest:
        return 2 * above >= denominator ? floor + 1 : floor;
    }
    return floor;
}

/// The slowest rate at which both rates' counts are whole; the left one when that is out of range.
FrameRate commonRate(FrameRate a, FrameRate b) {
    const std::int64_t denominator = std::gcd(a.denominator(), b.denominator());
    const Wide numerator = static_cast<Wide>(a.numerator()) / std::gcd(a.numerator(), b.numerator()) * b.numerator();
    if (numerator > std::numeric_limits<std::int64_t>::max() ||
        !FrameRate::isValid(static_cast<std::int64_t>(numerator), denominator)) {
        return a;
    }
    return FrameRate(static_cast<std::int64_t>(numerator), denominator);
}

FrameRate sumRate(const RationalTime& a, const RationalTime& b) {
    if (a.rate() == b.rate() || b.isExactAt(a.rate())) {
        return a.rate();
    }
    return commonRate(a.rate(), b.rate());
}

} // namespace

RationalTime RationalTime::fromSeconds(double seconds, FrameRate rate) {
    return {std::llround(seconds * rate.toDouble()), rate};
}

double RationalTime::toSeconds() const {
    return static_cast<double>(m_value) * static_cast<double>(m_rate.denominator()) /
           static_cast<double>(m_rate.numerator());
}

RationalTime RationalTime::rescaledTo(FrameRate rate, Rounding rounding) const {
    if (rate == m_rate) {
        return *this;
    }
    const Wide numerator = static_cast<Wide>(m_rate.denominator()) * rate.numerator();
    const Wide denominator = static_cast<Wide>(m_rate.numerator()) * rate.denominator();
    return {saturated(divided(static_cast<Wide>(m_value) * numerator, denominator, rounding)), rate};
}

bool RationalTime::isExactAt(FrameRate rate) const {
    return rescaledTo(rate) == *this;
}

std::strong_ordering RationalTime::operator<=>(const RationalTime& other) const {
    if (m_rate == other.m_rate) {
        return m_value <=> other.m_value;
    }
    const Wide left = static_cast<Wide>(m_value) * m_rate.denominator() * other.m_rate.numerator();
    const Wide right = static_cast<Wide>(other.m_value) * other.m_rate.denominator() * m_rate.numerator();
    return left < right   ? std::strong_ordering::less
           : left > right ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
}

RationalTime RationalTime::operator-() const {
    return {saturated(-static_cast<Wide>(m_value)), m_rate};
}

RationalTime operator+(const RationalTime& a, const RationalTime& b) {
    const FrameRate rate = sumRate(a, b);
    return {saturated(static_cast<Wide>(a.rescaledTo(rate).value()) + b.rescaledTo(rate).value()), rate};
}

RationalTime operator-(const RationalTime& a, const RationalTime& b) {
    return a + -b;
}

} // namespace timeline
