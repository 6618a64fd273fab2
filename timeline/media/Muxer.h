#pragma once

#include "timeline/base/Result.h"
#include "timeline/media/AvPointers.h"

#include <filesystem>

namespace timeline {

/// A film file being written: the muxer on a file, and the place where encoders put their packets.
/// Thread: one at a time.
class Muxer {
public:
    /// @param container  FFmpeg's word: "mp4", "matroska"
    static Result<Muxer> open(const std::filesystem::path& file, const char* container);

    AVFormatContext* operator->() const { return m_context.get(); }
    bool wantsGlobalHeaders() const;
    /// Adds a stream for an open encoder and returns its index.
    Result<int> addStream(const AVCodecContext& codec);
    Result<void> writeHeader();
    /// Drains `codec` after frame was sent to it (null: no more frames), into stream `index`.
    /// @param end  where the stream ends, in the codec's time base: the last packet lasts no longer
    Result<void> encode(AVCodecContext& codec, const AVFrame* frame, int index, std::int64_t end);
    /// Completes the file and closes it.
    Result<void> finish();

private:
    Muxer(std::filesystem::path file, AvOutputPtr context);
    Result<void> check(int result) const;

    std::filesystem::path m_file;
    AvOutputPtr m_context;
    AvPacketPtr m_packet;
};

} // namespace timeline
