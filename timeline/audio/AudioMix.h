#pragma once

#include "timeline/base/Error.h"
#include "timeline/model/Timeline.h"
#include "timeline/render/MediaUrls.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

namespace timeline {

/// Sound, interleaved, float32, not limited to -1..1.
/// Thread: a value.
struct AudioBlock {
    int channels = 2;
    std::vector<float> samples; ///< channels * frame count

    std::int64_t frameCount() const { return static_cast<std::int64_t>(samples.size()) / channels; }
    bool operator==(const AudioBlock&) const = default;
};

/// The number of samples before a moment: the exact product, rounded down. Every position in the mix comes from this,
/// so that nothing drifts, at 30000/1001 frames a second either.
std::int64_t samplePosition(RationalTime time, int sampleRate);

/// The sum of all clips on enabled Audio tracks, at the sequence's sample rate and channel count, each with its gain;
/// a transition on an Audio track is an equal-power cross-fade out of the neighbours' media beyond the cut. Any split
/// of a range into blocks gives the same samples. Media that cannot be read is silent, and reported; it is tried again
/// when the file changes.
/// Thread: one at a time; it keeps the decoders of the clips it reads open.
class AudioMix {
public:
    explicit AudioMix(UrlResolver resolveUrl);
    ~AudioMix();

    /// @param start  a sample of the sequence, 0 at its first frame; silence before 0 and after the end
    /// @param stop  when it is asked for, what is not read by then is silent
    AudioBlock mix(const Timeline& timeline, std::int64_t start, std::int64_t frameCount, std::stop_token stop = {});
    /// What could not be read since the mix was made, or only with damage; each file once, and again when it changed.
    const std::vector<Error>& problems() const;

private:
    class Sources;
    std::unique_ptr<Sources> m_sources;
};

} // namespace timeline
