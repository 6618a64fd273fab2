#include "timeline/render/LiveFrames.h"

#include <algorithm>
#include <utility>

namespace timeline {

void LiveFrames::show(ItemId shot, std::vector<PicturePtr> frames) {
    if (frames.empty()) {
        remove(shot);
        return;
    }
    Frames shared = std::make_shared<const std::vector<PicturePtr>>(std::move(frames));
    const std::lock_guard lock(m_mutex);
    m_frames[shot].swap(shared); // the old pictures are freed after the lock
    ++m_version;
}

void LiveFrames::remove(ItemId shot) {
    const std::lock_guard lock(m_mutex);
    m_version += m_frames.erase(shot);
}

void LiveFrames::clear() {
    const std::lock_guard lock(m_mutex);
    m_frames.clear();
    ++m_version;
}

PicturePtr LiveFrames::at(ItemId shot, double fraction) const {
    Frames frames;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_frames.find(shot);
        if (found == m_frames.end()) {
            return nullptr;
        }
        frames = found->second;
    }
    const auto count = static_cast<double>(frames->size());
    return (*frames)[static_cast<std::size_t>(std::clamp(fraction * count, 0.0, count - 1.0))];
}

std::vector<ItemId> LiveFrames::shots() const {
    const std::lock_guard lock(m_mutex);
    std::vector<ItemId> ids;
    for (const auto& [id, frames] : m_frames) {
        ids.push_back(id);
    }
    return ids;
}

std::uint64_t LiveFrames::version() const {
    const std::lock_guard lock(m_mutex);
    return m_version;
}

} // namespace timeline
