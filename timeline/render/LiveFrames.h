#pragma once

#include "timeline/media/Picture.h"
#include "timeline/model/Ids.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace timeline {

/// The newest preview of each shot that is being generated: the whole shot's pictures, oldest denoising steps replaced
/// by newer ones as they arrive. The worker's client puts them in, renderers take them out.
/// Thread: any; the lock is held only while a pointer is copied.
class LiveFrames {
public:
    using Frames = std::shared_ptr<const std::vector<PicturePtr>>;

    /// Replaces the shot's preview. No frames: the shot is not live any more.
    void show(ItemId shot, std::vector<PicturePtr> frames);
    void remove(ItemId shot);
    void clear();

    /// The picture at `fraction` (0 <= f < 1) of the shot; null when the shot is not live.
    PicturePtr at(ItemId shot, double fraction) const;
    std::vector<ItemId> shots() const; ///< for PlanOptions::liveShots
    std::uint64_t version() const;     ///< another number after every change

private:
    mutable std::mutex m_mutex;
    std::map<ItemId, Frames> m_frames;
    std::uint64_t m_version = 0;
};

} // namespace timeline
