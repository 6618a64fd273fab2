#pragma once

#include "timeline/media/AvPointers.h"
#include "timeline/media/PictureSource.h"
#include "timeline/media/StreamDecoder.h"
#include "timeline/time/FrameRate.h"

#include <optional>

namespace timeline {

/// The pictures of a film file, exact to the frame: time 0 is the first frame that is shown (after edit lists and start
/// offsets), and at time t the last frame with a time stamp <= t shows, however frames are spaced and ordered in the
/// file. Running forward decodes each frame once; elsewhere it seeks to a key frame before t and decodes from there,
/// taking only frames that do not depend on what came before it (open GOPs). Damage in mid-file does not stop it:
/// frames are concealed or held and marked. Thread: one at a time (FFmpeg decodes on threads of its own).
class VideoDecoder final : public PictureSource {
public:
    /// NoVideoStream, UnsupportedCodec, UnsupportedPixelFormat, DecodeFailed (no frame at all), and what
    /// MediaInput::open() reports.
    static Result<std::unique_ptr<VideoDecoder>> open(const std::filesystem::path& path);
    ~VideoDecoder() override;

    /// Ticks are the stream's time stamps, from its first shown frame on.
    SourceClock clock() const override;
    Result<SourcePicture> pictureAtTick(std::int64_t tick, std::stop_token stop) override;
    std::int64_t position() const override;

    FrameRate rate() const { return m_rate; }                      ///< nominal
    double startSeconds() const;                                   ///< the first shown frame on the file's own clock
    bool wasDamaged() const { return m_decoder.errorCount() > 0; } ///< since it was opened

private:
    /// A decoded frame; stamps count from the stream's own zero.
    struct Decoded {
        AvFramePtr frame;
        std::int64_t stamp = 0;
        bool isDamaged = false; ///< itself, or errors were met just before it
    };

    VideoDecoder(StreamDecoder decoder, FrameRate rate);
    Result<void> findFirstFrame();
    Result<void> goTo(std::int64_t stamp);
    bool isWorthSeeking(std::int64_t stamp) const;
    Result<void> seekTo(std::int64_t stamp);
    Result<bool> tryFrom(std::int64_t seekStamp, std::int64_t stamp);
    Result<void> restart();
    Result<void> runForwardTo(std::int64_t stamp);
    Result<std::optional<Decoded>> decode();
    std::int64_t stampOf(const AVFrame& frame, std::optional<std::int64_t> last) const;
    void forgetPlace();
    Result<SourcePicture> shownPicture();
    Error error(ErrorCode code) const;

    StreamDecoder m_decoder;
    FrameRate m_rate;
    std::int64_t m_origin = 0;      ///< stamp of the first shown frame
    std::optional<Decoded> m_shown; ///< the frame at the current place; nothing when a read was stopped
    std::optional<Decoded> m_next;  ///< the one after it; nothing at the end
    PicturePtr m_picture;           ///< m_shown converted, once it was asked for
};

} // namespace timeline
