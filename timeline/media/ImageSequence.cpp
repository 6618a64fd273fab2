#include "timeline/media/ImageSequence.h"

#include "timeline/base/NumberedName.h"
#include "timeline/media/StillReader.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
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

/// A still's name as text around a number.
struct NumberedStill {
    SequencePattern pattern; ///< digits: of the padded number, 0 where it is not
    std::string number;
};

std::optional<NumberedStill> numberedStill(const std::filesystem::path& file) {
    const std::string stem = file.stem().string();
    std::size_t begin = stem.size();
    while (begin > 0 && isDigit(stem[begin - 1]) && stem.size() - begin < static_cast<std::size_t>(kMostDigits)) {
        --begin;
    }
    if (begin == stem.size() || stillFormat(file).empty()) {
        return std::nullopt;
    }
    const std::string number = stem.substr(begin);
    const bool isPadded = number.size() > 1 && number.front() == '0';
    return NumberedStill{{file.parent_path(), stem.substr(0, begin), file.extension().string(),
                          isPadded ? static_cast<int>(number.size()) : 0},
                         number};
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

std::vector<std::filesystem::path> withSequences(const std::vector<std::filesystem::path>& files) {
    struct Group {
        SequencePattern pattern;
        std::set<std::string> numbers;
    };
    std::map<std::filesystem::path, Group> groups; // by their path without a number
    const auto keyOf = [](const SequencePattern& pattern) {
        return pattern.folder / (pattern.prefix + "%" + pattern.suffix);
    };
    std::vector<std::optional<NumberedStill>> stills;
    for (const std::filesystem::path& file : files) {
        stills.push_back(numberedStill(file));
        if (const auto& still = stills.back()) {
            Group& group = groups.try_emplace(keyOf(still->pattern), Group{still->pattern, {}}).first->second;
            group.pattern.digits = std::max(group.pattern.digits, still->pattern.digits); // 0999, 1000
            group.numbers.insert(still->number);
        }
    }
    std::erase_if(groups, [](const auto& entry) {
        const Group& group = entry.second;
        const std::vector<std::int64_t> numbers = group.pattern.numbers();
        return numbers.size() < 2 || !std::ranges::all_of(
                                         numbers,
                                         [&](std::int64_t number) {
                                             return group.numbers.contains(numberText(number, group.pattern.digits));
                                         });
    });
    std::vector<std::filesystem::path> folded;
    std::set<std::filesystem::path> placed;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto group = stills[i] ? groups.find(keyOf(stills[i]->pattern)) : groups.end();
        if (group == groups.end()) {
            folded.push_back(files[i]);
        } else if (placed.insert(group->first).second) {
            folded.push_back(group->second.pattern.path());
        }
    }
    return folded;
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
