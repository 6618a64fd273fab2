#pragma once

#include "timeline/media/PictureSource.h"

namespace timeline {

/// One picture that shows at all times. Read when it is asked for and not kept: caches do that.
/// Thread: one at a time.
class StillSource final : public PictureSource {
public:
    static Result<std::unique_ptr<StillSource>> open(const std::filesystem::path& path);

    SourceClock clock() const override { return {}; }
    Result<SourcePicture> pictureAtTick(std::int64_t tick, std::stop_token stop) override;
    std::int64_t position() const override { return 0; }

private:
    explicit StillSource(std::filesystem::path path) : m_path(std::move(path)) {}

    std::filesystem::path m_path;
};

} // namespace timeline
