#pragma once

#include "timeline/media/Muxer.h"
#include "timeline/media/VideoEncoder.h"

#include <cstdint>
#include <span>

namespace timeline {

/// The sound of a film being written: keeps what comes in and encodes it frame by frame when it is due, so that it ends
/// on the sample it is told to.
/// Thread: one at a time.
class SoundEncoder {
public:
    /// Adds its stream to the muxer. UnsupportedCodec, InvalidArgument.
    static Result<SoundEncoder> open(Muxer& muxer, const FilmSettings& settings);

    Result<void> append(std::span<const float> samples); ///< interleaved
    /// Encodes whole frames of what is there, up to `end` samples from the start.
    Result<void> encodeUpTo(Muxer& muxer, std::int64_t end);
    /// Encodes the rest: exactly `end` samples in all, cut or filled with silence.
    Result<void> finish(Muxer& muxer, std::int64_t end);

private:
    SoundEncoder() = default;
    Result<void> encodeFrame(Muxer& muxer, int count);

    AvCodecPtr m_codec;
    AvAudioFifoPtr m_fifo;
    int m_stream = 0;
    int m_frameSize = 0;
    int m_channels = 0;
    std::int64_t m_encoded = 0; ///< samples
};

} // namespace timeline
