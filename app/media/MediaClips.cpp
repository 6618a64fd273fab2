#include "app/media/MediaClips.h"

#include "timeline/io/MediaUrl.h"
#include "timeline/media/Probe.h"
#include "timeline/model/MakeClip.h"

#include <algorithm>

namespace app {

using timeline::RationalTime;
using timeline::TimeRange;

namespace {

/// The medium from its beginning, as long as it lasts on the timeline in whole frames.
TimeRange wholeRange(RationalTime length, timeline::FrameRate rate) {
    const RationalTime onTimeline = length.rescaledTo(rate, timeline::Rounding::Floor);
    return {RationalTime(0, length.rate()), RationalTime(std::max<std::int64_t>(1, onTimeline.value()), rate)};
}

} // namespace

std::optional<timeline::Clip> MediaFile::pictureClip(timeline::FrameRate rate) const {
    if (!info.hasVideo()) {
        return std::nullopt;
    }
    if (info.kind == timeline::MediaKind::Still) {
        const TimeRange range{RationalTime(0, rate), RationalTime::fromSeconds(kStillSeconds, rate)};
        return timeline::makeMediaClip(reference, range, timeline::MediaMotion::Still);
    }
    timeline::ExternalReference ranged = reference;
    ranged.availableRange = TimeRange{RationalTime(0, info.video.front().rate), info.video.front().duration};
    return timeline::makeMediaClip(std::move(ranged), wholeRange(info.video.front().duration, rate));
}

std::optional<timeline::Clip> MediaFile::soundClip(timeline::FrameRate rate) const {
    if (!info.hasAudio()) {
        return std::nullopt;
    }
    const RationalTime length = info.audio.front().duration;
    timeline::ExternalReference ranged = reference;
    ranged.availableRange = TimeRange{RationalTime(0, length.rate()), length};
    return timeline::makeMediaClip(std::move(ranged), wholeRange(length, rate));
}

void cover(timeline::Clip& clip, const timeline::VideoStreamInfo& video, int width, int height) {
    const double across = static_cast<double>(width) / video.displayWidth;
    const double down = static_cast<double>(height) / video.displayHeight;
    clip.properties.transform.scale = std::max(across, down) / std::min(across, down);
}

timeline::Result<MediaFile> readMediaFile(const std::filesystem::path& file,
                                          const std::filesystem::path& projectFolder) {
    auto info = timeline::probe(file);
    if (!info) {
        return info.error();
    }
    timeline::ExternalReference reference;
    reference.url = timeline::urlFor(file, projectFolder);
    reference.name = file.filename().string();
    return MediaFile{std::move(info).value(), std::move(reference)};
}

} // namespace app
