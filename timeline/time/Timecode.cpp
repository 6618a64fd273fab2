#include "timeline/time/Timecode.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <vector>

namespace timeline {

namespace {

constexpr std::int64_t kMaxHours = 100'000;

/// Frame numbers left out at the start of each minute that is not a multiple of ten: 2 at 29.97, 4 at 59.94.
std::int64_t droppedPerMinute(FrameRate rate) {
    return rate.nominal() / 15;
}

Error badTimecode(std::string_view text, const char* detail) {
    return {ErrorCode::InvalidTime, std::string(text), detail};
}

} // namespace

bool isDropFrameRate(FrameRate rate) {
    return rate == FrameRate(30000, 1001) || rate == FrameRate(60000, 1001);
}

std::string timecodeFrom(const RationalTime& time) {
    const bool drop = isDropFrameRate(time.rate());
    const std::int64_t base = time.rate().nominal();
    const bool negative = time.value() < 0;
    std::int64_t frames = negative ? (-time).value() : time.value();
    if (drop) {
        const std::int64_t dropped = droppedPerMinute(time.rate());
        const std::int64_t perMinute = base * 60 - dropped;
        const std::int64_t perTenMinutes = perMinute * 10 + dropped;
        const std::int64_t tens = frames / perTenMinutes;
        const std::int64_t rest = frames % perTenMinutes;
        frames += dropped * 9 * tens;
        if (rest >= dropped) {
            frames += dropped * ((rest - dropped) / perMinute);
        }
    }
    std::array<char, 64> text{};
    const int length = std::snprintf(
        text.data(), text.size(), "%s%02lld:%02lld:%02lld%c%02lld", negative ? "-" : "",
        static_cast<long long>(frames / base / 3600), static_cast<long long>(frames / base / 60 % 60),
        static_cast<long long>(frames / base % 60), drop ? ';' : ':', static_cast<long long>(frames % base));
    return std::string(text.data(), static_cast<std::size_t>(length));
}

Result<RationalTime> parseTimecode(std::string_view text, FrameRate rate) {
    std::string_view rest = text;
    const bool negative = !rest.empty() && rest.front() == '-';
    rest.remove_prefix(negative ? 1 : 0);
    std::vector<std::int64_t> fields;
    char lastSeparator = ':';
    while (true) {
        std::int64_t field = 0;
        const auto [end, status] = std::from_chars(rest.data(), rest.data() + rest.size(), field);
        if (status != std::errc() || field < 0 || rest.front() == '-') {
            return badTimecode(text, "not a timecode or a frame count");
        }
        fields.push_back(field);
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        if (rest.empty()) {
            break;
        }
        lastSeparator = rest.front();
        if ((lastSeparator != ':' && lastSeparator != ';' && lastSeparator != '.') || fields.size() == 4) {
            return badTimecode(text, "not a timecode or a frame count");
        }
        rest.remove_prefix(1);
        if (rest.empty()) {
            return badTimecode(text, "ends in a separator");
        }
    }
    if (fields.size() == 1) {
        return RationalTime(negative ? -fields[0] : fields[0], rate);
    }
    const std::int64_t base = rate.nominal();
    if (fields.size() != 4 || fields[0] > kMaxHours || fields[1] > 59 || fields[2] > 59 || fields[3] >= base) {
        return badTimecode(text, "out of range");
    }
    const bool dropMarked = lastSeparator != ':';
    if (dropMarked && !isDropFrameRate(rate)) {
        return badTimecode(text, "drop-frame at a rate that has none");
    }
    const std::int64_t minutes = fields[0] * 60 + fields[1];
    std::int64_t frames = (minutes * 60 + fields[2]) * base + fields[3];
    if (isDropFrameRate(rate)) {
        const std::int64_t dropped = droppedPerMinute(rate);
        if (minutes % 10 != 0 && fields[2] == 0 && fields[3] < dropped) {
            return badTimecode(text, "a frame number that drop-frame leaves out");
        }
        frames -= dropped * (minutes - minutes / 10);
    }
    return RationalTime(negative ? -frames : frames, rate);
}

} // namespace timeline
