#pragma once

#include "timeline/base/Result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace timeline {

/// The sound of a file at a rate and channel count of one's choice, exact to the sample: sample 0 is heard with the
/// first shown frame, or is the first sample where there are no moving pictures. Any split of a range into reads gives
/// the same samples. More than two channels are mixed down (ITU, lowered so that it cannot clip), mono goes to both
/// sides, stereo to mono is the mean. Thread: one at a time.
class AudioDecoder {
public:
    /// @param sampleRate  8000 to 384000
    /// @param channels  1 or 2
    /// NoAudioStream, UnsupportedCodec, Encrypted, DecodeFailed (no sound in it), and what MediaInput::open() reports.
    static Result<std::unique_ptr<AudioDecoder>> open(const std::filesystem::path& path, int sampleRate, int channels);
    ~AudioDecoder();

    /// `count` sample frames from `start` on, interleaved; silence before the beginning and after the end, and where
    /// the file is damaged.
    Result<std::vector<float>> read(std::int64_t start, std::int64_t count, std::stop_token stop = {});

    /// The sample after the last one, once a read has come to the end of the file; nothing before.
    std::optional<std::int64_t> length() const;
    int sampleRate() const;
    int channels() const;
    bool wasDamaged() const;  ///< in what was read since it was opened
    bool wasCutShort() const; ///< a read came to an end that the file's index does not tell of

private:
    class Engine;
    explicit AudioDecoder(std::unique_ptr<Engine> engine);

    std::unique_ptr<Engine> m_engine;
};

} // namespace timeline
