#pragma once

#include "timeline/base/Result.h"
#include "timeline/media/AvPointers.h"

#include <cstdint>
#include <vector>

namespace timeline {

/// Brings one run of sound of one format to float, interleaved, at another rate and channel count. A run starts at a
/// multiple of alignment() input samples, where both rates' samples coincide: then the same input gives the same output
/// wherever the run began.
/// Thread: one at a time.
class AudioResampler {
public:
    static Result<AudioResampler> create(const AVFrame& firstFrame, int sampleRate, int channels);

    /// Whether a frame continues in the same format.
    bool fits(const AVFrame& frame) const;
    int inputRate() const { return m_inputRate; }
    std::int64_t alignment() const { return m_inputStep; }
    /// The output sample that coincides with an input sample at a multiple of alignment().
    std::int64_t outputIndex(std::int64_t inputIndex) const { return inputIndex / m_inputStep * m_outputStep; }

    /// Appends what comes out of the frame's samples [from, to) to `out`.
    struct Samples {
        int from = 0;
        int to = 0;
    };
    void feed(const AVFrame& frame, Samples samples, std::vector<float>& out);
    void feedSilence(std::int64_t count, std::vector<float>& out);
    /// What is still inside; the run is over then.
    void drain(std::vector<float>& out);

private:
    AudioResampler() = default;
    void convert(const std::uint8_t** input, int count, std::vector<float>& out);

    SwrPtr m_swr;
    int m_inputRate = 0;
    int m_inputFormat = -1;
    int m_inputChannels = 0;
    int m_channels = 0;
    int m_sampleRate = 0;
    std::int64_t m_inputStep = 1;
    std::int64_t m_outputStep = 1;
};

} // namespace timeline
