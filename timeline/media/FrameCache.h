#pragma once

#include "timeline/media/FileStamp.h"
#include "timeline/media/PictureSource.h"

#include <list>
#include <map>
#include <mutex>
#include <optional>

namespace timeline {

/// Decoded pictures, the least recently used ones dropped when they take more than the limit. A picture is found by any
/// time at which it shows. Pictures handed out live on with their holders.
/// Thread: any.
class FrameCache {
public:
    explicit FrameCache(std::size_t limitBytes);

    std::optional<SourcePicture> find(const FileStamp& file, RationalTime time);
    void insert(const FileStamp& file, const SourceClock& clock, const SourcePicture& picture);
    void remove(const std::filesystem::path& path);
    void clear();
    std::size_t bytes() const;

private:
    struct Entry {
        FileStamp file;
        SourcePicture picture;
        std::size_t bytes = 0;
    };
    using Entries = std::list<Entry>; ///< most recently used first
    struct Index {
        SourceClock clock;
        std::map<std::int64_t, Entries::iterator> entries; ///< by SourcePicture::from
    };

    void erase(Entries::iterator entry);

    const std::size_t m_limit;
    mutable std::mutex m_mutex;
    Entries m_entries;
    std::map<FileStamp, Index> m_files;
    std::size_t m_bytes = 0;
};

std::size_t pictureBytes(const Picture& picture);

} // namespace timeline
