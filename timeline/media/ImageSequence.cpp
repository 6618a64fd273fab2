#include "timeline/media/ImageSequence.h"

#include "timeline/base/NumberedName.h"
#include "timeline/media/StillReader.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

namespace timeline {

namespace {

constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
constexpr int kMostDigits = 18;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::string numberText(std::int64_t number, int digits) {
    std::string text = std::to_string(number);
    return text.size() < static_cast<std::size_t>(digits)
               ? std::string(static_cast<std::size_t>(digits) - text.size(), '0') + text
               : text;
}

} // namespace

std::optional<SequencePattern> SequencePattern::parse(const std::filesystem::path& path) {
    const auto name = NumberedName::parse(path.filename().string());
    std::error_code ignored;
    if (!name || std::filesystem::exists(path, ignored)) {
        return std::nullopt;
    }
    return SequencePattern{path.parent_path(), name->prefix, name->suffix, name->digits};
}

std::optional<SequencePattern> SequencePattern::around(const std::filesystem::path& numberedFile) {
    const std::string stem = numberedFile.stem().string();
    std::size_t begin = stem.size();
    while (begin > 0 && isDigit(stem[begin - 1]) && stem.size() - begin < static_cast<std::size_t>(kMostDigits)) {
        --begin;
    }
    if (begin == stem.size()) {
        return std::nullopt;
    }
    // Digits count as padding only where they can: "7.png" may be followed by "10.png".
    const bool isPadded = stem[begin] == '0' || stem.size() - begin > 1;
    SequencePattern pattern{numberedFile.parent_path(), stem.substr(0, begin), numberedFile.extension().string(),
                            isPadded ? static_cast<int>(stem.size() - begin) : 0};
    return pattern.numbers().size() > 1 ? std::optional(std::move(pattern)) : std::nullopt;
}

std::filesystem::path SequencePattern::path() const {
    return folder / NumberedName{prefix, suffix, digits}.text();
}

std::filesystem::path SequencePattern::file(std::int64_t number) const {
    return folder / (prefix + numberText(number, digits) + suffix);
}

std::vector<std::int64_t> SequencePattern::numbers() const {
    std::vector<std::int64_t> found;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder.empty() ? "." : folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.size() <= prefix.size() + suffix.size() || !name.starts_with(prefix) || !name.ends_with(suffix)) {
            continue;
        }
        const std::string_view middle =
            std::string_view(name).substr(prefix.size(), name.size() - prefix.size() - suffix.size());
        std::int64_t number = 0;
        const auto [stop, problem] = std::from_chars(middle.data(), middle.data() + middle.size(), number);
        const bool isWhole = problem == std::errc() && stop == middle.data() + middle.size() && isDigit(middle.front());
        if (isWhole && numberText(number, digits) == middle) {
            found.push_back(number);
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

ImageSequence::ImageSequence(SequencePattern pattern, std::vector<std::int64_t> numbers, FrameRate rate)
    : m_pattern(std::move(pattern)), m_numbers(std::move(numbers)), m_rate(rate) {}

Result<std::unique_ptr<ImageSequence>> ImageSequence::open(const std::filesystem::path& path,
                                                           std::optional<FrameRate> rate) {
    auto pattern = SequencePattern::parse(path);
    std::vector<std::int64_t> numbers = pattern ? pattern->numbers() : std::vector<std::int64_t>();
    if (numbers.empty()) {
        return Error{ErrorCode::FileNotFound, path.string(), {}};
    }
    const FrameRate used = rate ? *rate : stillRate(pattern->file(numbers.front())).value_or(kSequenceRate);
    return std::unique_ptr<ImageSequence>(new ImageSequence(std::move(*pattern), std::move(numbers), used));
}

Result<SourcePicture> ImageSequence::pictureAtTick(std::int64_t tick, std::stop_token stop) {
    if (stop.stop_requested()) {
        return Error{ErrorCode::Cancelled, m_pattern.path().string(), {}};
    }
    const std::int64_t first = m_numbers.front();
    const std::int64_t wanted = first + std::clamp<std::int64_t>(tick, 0, frameCount() - 1);
    const auto after = std::upper_bound(m_numbers.begin(), m_numbers.end(), wanted);
    const std::int64_t shown = *std::prev(after);
    Result<PicturePtr> picture = readStill(m_pattern.file(shown));
    if (!picture) {
        return picture.error();
    }
    return SourcePicture{std::move(*picture), shown == first ? kFirst : shown - first,
                         after == m_numbers.end() ? kLast : *after - first, false, false};
}

std::int64_t ImageSequence::position() const {
    return kFirst;
}

Result<MediaInfo> probeSequence(const SequencePattern& pattern) {
    const Result<std::unique_ptr<ImageSequence>> sequence = ImageSequence::open(pattern.path());
    if (!sequence) {
        return sequence.error();
    }
    const std::filesystem::path first = pattern.file(pattern.numbers().front());
    Result<MediaInfo> info = probeStill(first);
    if (!info) {
        return info;
    }
    info->path = pattern.path();
    info->kind = MediaKind::Sequence;
    VideoStreamInfo& stream = info->video.front();
    stream.rate = (*sequence)->rate();
    stream.frameCount = (*sequence)->frameCount();
    stream.duration = RationalTime(stream.frameCount, stream.rate);
    info->duration = stream.duration;
    return info;
}

} // namespace timeline
