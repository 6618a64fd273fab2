#pragma once

#include "timeline/media/DecoderPool.h"
#include "timeline/media/FrameCache.h"

namespace timeline {

struct MediaPoolOptions {
    std::size_t cacheBytes = 512U * 1024 * 1024;
    std::size_t openFiles = 12;
};

/// The program's one way to pictures in files: keeps decoders open where they stand and decoded pictures in memory,
/// both within limits. A file that was replaced or changed is opened anew. Thread: any number at once; each call
/// decodes on its own thread. Has no lock of its own.
class MediaPool {
public:
    explicit MediaPool(MediaPoolOptions options = {});

    /// The picture that shows at a moment of the file, counted from its first frame; the first and the last one hold.
    /// `path`: a film, a still or an image sequence's pattern. Errors as openPictureSource(), and Cancelled.
    Result<SourcePicture> shownAt(const std::filesystem::path& path, RationalTime time, std::stop_token stop = {});
    /// Without the news of damage.
    Result<PicturePtr> pictureAt(const std::filesystem::path& path, RationalTime time, std::stop_token stop = {});

    /// True when a picture out of this file had to be concealed or held, since the file was opened last.
    bool isDamaged(const std::filesystem::path& path) const;
    /// Closes and forgets everything about a file (before it is moved or deleted), or about all files.
    void forget(const std::filesystem::path& path);
    void clear();

    std::size_t cachedBytes() const { return m_cache.bytes(); }
    std::size_t openFiles() const { return m_decoders.openCount(); }

private:
    DecoderPool m_decoders;
    FrameCache m_cache;
};

} // namespace timeline
