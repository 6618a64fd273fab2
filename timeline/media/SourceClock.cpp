#include "timeline/media/SourceClock.h"

#include <algorithm>
#include <limits>

namespace timeline {

std::int64_t SourceClock::tickAt(RationalTime time) const {
    __extension__ using Wide = __int128;
    const Wide dividend = static_cast<Wide>(time.value()) * time.rate().denominator() * denominator;
    const Wide divisor = static_cast<Wide>(time.rate().numerator()) * numerator;
    const Wide remainder = dividend % divisor;
    const Wide floor = dividend / divisor - (remainder < 0 ? 1 : 0);
    constexpr Wide kLimit = std::numeric_limits<std::int64_t>::max() / 4;
    return static_cast<std::int64_t>(std::clamp<Wide>(floor + (remainder != 0 ? slack : 0), -kLimit, kLimit));
}

} // namespace timeline
