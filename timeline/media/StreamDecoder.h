#pragma once

#include "timeline/base/Result.h"
#include "timeline/media/AvPointers.h"
#include "timeline/media/MediaInput.h"
#include "timeline/media/RunningClock.h"

#include <cstdint>

struct AVCodec;
struct AVStream;

namespace timeline {

/// One stream of a file, decoded frame after frame in the order of showing, on a clock that runs on where the file's
/// was set anew. Damage is passed over and counted. Thread: one at a time.
class StreamDecoder {
public:
    /// Other streams of the input are not read any more. UnsupportedCodec, OutOfMemory.
    static Result<StreamDecoder> open(MediaInput input, int stream);

    /// 0: `frame` is the next one. AVERROR_EOF: there are no more. AVERROR_EXIT: reading was stopped; seek before going
    /// on.
    int next(AVFrame& frame);

    /// False where a stamp does not tell a place in the file: decoding goes on, or begins anew.
    bool canSeek() const { return m_canSeek && !m_clock.wasSetAnew(); }
    /// To the key frame before a stamp: false when the file cannot do that. Decoding starts at the first key frame met.
    bool seekBefore(std::int64_t stamp);
    /// To the first packet of the file, however it takes. ReadFailed and what MediaInput::open() reports.
    Result<void> restart();
    /// After seekBefore(): frames before this stamp may lack their references (open GOP). Int64's greatest value until
    /// the first key frame is met; its least value after restart().
    std::int64_t trustedFrom() const { return m_trustedFrom; }

    MediaInput& input() { return m_input; }
    const MediaInput& input() const { return m_input; }
    AVStream& stream() const;
    /// Errors met so far, and those of the caller; decoding with several threads meets them some frames early.
    int errorCount() const { return m_errors; }
    /// Reading ended with an error, or before the data that the file's index tells of.
    bool wasCutShort() const { return m_cutShort; }
    /// From the beginning, with frames that lack their references too: for files that have no others.
    Result<void> restartUnsettled();
    bool isEncrypted() const { return m_isEncrypted; } ///< its packets are, and there is no key
    void noteError() { ++m_errors; }

private:
    StreamDecoder(MediaInput input, int stream);
    Result<void> openCodec();
    int send();
    int read();
    void begin(bool waitsForKey);
    void letRunOn(AVFrame& frame);

    MediaInput m_input;
    int m_index;
    AvCodecPtr m_codec;
    AvPacketPtr m_packet;
    RunningClock m_clock;
    bool m_canSeek = true;
    std::int64_t m_trustedFrom;
    bool m_waitsForKey = false;
    bool m_hasStamps = false; ///< a packet said when it is to be shown
    bool m_isSettled = false; ///< a frame came that does not lack what was before the beginning or the seek
    bool m_takesUnsettled = false;
    bool m_isEncrypted = false;
    bool m_draining = false;
    int m_errors = 0;
    bool m_cutShort = false;
};

/// Whether the file ends before the last packet that its index tells of.
bool isCutShort(const MediaInput& input, int stream);

} // namespace timeline
