#include "timeline/media/StillSource.h"

#include "timeline/media/StillReader.h"

namespace timeline {

Result<std::unique_ptr<StillSource>> StillSource::open(const std::filesystem::path& path) {
    return std::unique_ptr<StillSource>(new StillSource(path));
}

Result<SourcePicture> StillSource::pictureAtTick(std::int64_t, std::stop_token stop) {
    if (stop.stop_requested()) {
        return Error{ErrorCode::Cancelled, m_path.string(), {}};
    }
    Result<PicturePtr> picture = readStill(m_path);
    return picture ? Result<SourcePicture>(SourcePicture{.picture = std::move(*picture)})
                   : Result<SourcePicture>(picture.error());
}

} // namespace timeline
