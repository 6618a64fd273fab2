#pragma once

#include "timeline/media/AvPointers.h"
#include "timeline/media/MediaInput.h"
#include "timeline/media/PictureSource.h"

#include <optional>

namespace timeline {

/// The pictures of a film file, exact to the frame: time 0 is the first frame that is shown (after edit lists and start
/// offsets), and at time t the last frame with a time stamp <= t shows, however frames are spaced and ordered in the file.
/// Running forward decodes each frame once; elsewhere it seeks to a key frame before t and decodes from there, taking only
/// frames that do not depend on what came before it (open GOPs).
/// Damage in mid-file does not stop it: frames are concealed or held and marked.
/// Thread: one at a time (FFmpeg decodes on threads of its own).
class VideoDecoder final : public PictureSource {
public:
    static Result<std::unique_ptr<VideoDecoder>> open(const std::filesystem::path& path);
    ~VideoDecoder() override;

    std::int64_t tickAt(RationalTime time) const override;
    Result<SourcePicture> pictureAtTick(std::int64_t tick, std::stop_token stop) override;
    std::int64_t position() const override;

    FrameRate rate() const { return m_rate; }
    /// The first shown frame on the file's clock, in seconds as a fraction: startTicks() * tickSize.
    double startSeconds() const;
    bool wasDamaged() const { return m_damaged; } ///< since it was opened

private:
    struct Decoded; ///< a frame and its time stamp

    VideoDecoder(MediaInput input, int stream);
    Result<void> openCodec();
    Result<void> readFirst();
    Result<std::optional<Decoded>> decodeNext();
    bool feedPacket();
    Result<void> advanceTo(std::int64_t stamp);
    Result<void> restart();
    Result<bool> seekBefore(std::int64_t stamp);
    Result<bool> settle(std::int64_t stamp);
    bool isWorthSeeking(std::int64_t stamp) const;
    Result<SourcePicture> current();
    bool isKeyPacketWanted();

    MediaInput m_input;
    int m_stream = 0;
    FrameRate m_rate;
    AvCodecPtr m_codec;
    AvPacketPtr m_packet;
    std::int64_t m_origin = 0;          ///< time stamp of the first shown frame
    std::unique_ptr<Decoded> m_shown;   ///< the frame at the current place
    std::unique_ptr<Decoded> m_next;    ///< the one after it; null at the end
    std::int64_t m_trustedFrom = 0;     ///< after a seek: frames before this stamp may lack their references
    bool m_waitsForKey = false;
    bool m_draining = false;
    bool m_atEnd = false;
    bool m_damaged = false;
    PicturePtr m_picture; ///< m_shown converted, when it was asked for
};

} // namespace timeline
