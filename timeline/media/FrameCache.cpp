#include "timeline/media/FrameCache.h"

namespace timeline {

std::size_t pictureBytes(const Picture& picture) {
    std::size_t bytes = sizeof(Picture);
    for (const Plane& plane : picture.planes) {
        bytes += plane.samples.size();
    }
    return bytes;
}

FrameCache::FrameCache(std::size_t limitBytes) : m_limit(limitBytes) {}

std::optional<SourcePicture> FrameCache::find(const FileStamp& file, RationalTime time) {
    const std::scoped_lock lock(m_mutex);
    const auto pictures = m_files.find(file);
    if (pictures == m_files.end()) {
        return std::nullopt;
    }
    const Index& index = pictures->second;
    const std::int64_t tick = index.clock.tickAt(time);
    const auto after = index.entries.upper_bound(tick);
    if (after == index.entries.begin()) {
        return std::nullopt;
    }
    const Entries::iterator entry = std::prev(after)->second;
    if (tick >= entry->picture.until) {
        return std::nullopt;
    }
    m_entries.splice(m_entries.begin(), m_entries, entry);
    return entry->picture;
}

void FrameCache::insert(const FileStamp& file, const SourceClock& clock, const SourcePicture& picture) {
    const std::size_t bytes = pictureBytes(*picture.picture);
    const std::scoped_lock lock(m_mutex);
    Index& index = m_files[file];
    index.clock = clock;
    if (const auto old = index.entries.find(picture.from); old != index.entries.end()) {
        m_bytes -= old->second->bytes;
        m_entries.erase(old->second);
        index.entries.erase(old);
    }
    m_entries.push_front({file, picture, bytes});
    index.entries.emplace(picture.from, m_entries.begin());
    m_bytes += bytes;
    // The newest one stays even if it is larger than the limit: somebody is about to show it.
    while (m_bytes > m_limit && m_entries.size() > 1) {
        erase(std::prev(m_entries.end()));
    }
}

void FrameCache::erase(Entries::iterator entry) {
    const auto pictures = m_files.find(entry->file);
    pictures->second.entries.erase(entry->picture.from);
    if (pictures->second.entries.empty()) {
        m_files.erase(pictures);
    }
    m_bytes -= entry->bytes;
    m_entries.erase(entry);
}

void FrameCache::remove(const std::filesystem::path& path) {
    const std::scoped_lock lock(m_mutex);
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        const auto next = std::next(entry);
        if (entry->file.path == path) {
            erase(entry);
        }
        entry = next;
    }
}

void FrameCache::clear() {
    const std::scoped_lock lock(m_mutex);
    m_entries.clear();
    m_files.clear();
    m_bytes = 0;
}

std::size_t FrameCache::bytes() const {
    const std::scoped_lock lock(m_mutex);
    return m_bytes;
}

} // namespace timeline
