#pragma once

#include "timeline/media/MediaInfo.h"
#include "timeline/media/PictureSource.h"

#include <optional>
#include <string>
#include <vector>

namespace timeline {

/// The rate of sequences that do not say theirs (EXR may).
inline constexpr FrameRate kSequenceRate{};

/// The file name of numbered stills: prefix, digits, suffix. "frame.%04d.exr" in text.
struct SequencePattern {
    std::filesystem::path folder;
    std::string prefix;
    std::string suffix;
    int digits = 0; ///< least number of digits, padded with 0; 0 and 1: not padded

    /// The pattern in a path whose file name is a NumberedName, unless a file has that very name.
    static std::optional<SequencePattern> parse(const std::filesystem::path& path);

    std::filesystem::path path() const; ///< with its "%04d"
    std::filesystem::path file(std::int64_t number) const;
    std::vector<std::int64_t> numbers() const; ///< of the files that exist, ascending

    bool operator==(const SequencePattern&) const = default;
};

/// Numbered stills as a film: the lowest number is frame 0, missing numbers show the one before.
/// Thread: one at a time.
class ImageSequence final : public PictureSource {
public:
    /// @param rate  frames per second; nothing: the files' own rate or kSequenceRate
    static Result<std::unique_ptr<ImageSequence>> open(const std::filesystem::path& pattern,
                                                       std::optional<FrameRate> rate = {});

    SourceClock clock() const override { return {m_rate.denominator(), m_rate.numerator(), 0}; }
    Result<SourcePicture> pictureAtTick(std::int64_t tick, std::stop_token stop) override;
    std::int64_t position() const override;

    FrameRate rate() const { return m_rate; }
    std::int64_t frameCount() const { return m_numbers.back() - m_numbers.front() + 1; } ///< gaps too

private:
    ImageSequence(SequencePattern pattern, std::vector<std::int64_t> numbers, FrameRate rate);

    SequencePattern m_pattern;
    std::vector<std::int64_t> m_numbers; ///< never empty
    FrameRate m_rate;
};

/// Files that came together, with numbered stills as what they are: where all the files of a pattern are among them,
/// and more than one, the pattern stands in their place. Of others, a person may mean just these.
std::vector<std::filesystem::path> withSequences(const std::vector<std::filesystem::path>& files);

/// What probe() says of a pattern: the first file's facts, with the sequence's length.
Result<MediaInfo> probeSequence(const SequencePattern& pattern);

} // namespace timeline
