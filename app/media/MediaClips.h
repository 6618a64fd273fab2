#pragma once

#include "timeline/base/Result.h"
#include "timeline/media/MediaInfo.h"
#include "timeline/model/Timeline.h"

#include <filesystem>
#include <optional>

namespace app {

/// How long a still lies on the timeline when it is dropped there, in seconds.
inline constexpr double kStillSeconds = 5.0;

/// A file that can be put on the timeline, and what it becomes there.
/// Thread: a value.
struct MediaFile {
    timeline::MediaInfo info;
    timeline::ExternalReference reference;

    /// Its picture, whole, at the timeline's rate; nothing when it has none. Stills last kStillSeconds.
    std::optional<timeline::Clip> pictureClip(timeline::FrameRate rate) const;
    /// Its sound, whole; nothing when it has none.
    std::optional<timeline::Clip> soundClip(timeline::FrameRate rate) const;
};

/// Fills a frame of this size with the clip's picture, cutting off what sticks out; the renderer's own choice is to
/// show everything.
void cover(timeline::Clip& clip, const timeline::VideoStreamInfo& video, int width, int height);

/// Probes a file and says how a project in `projectFolder` refers to it. Errors as timeline::probe(). Takes up to
/// seconds. Thread: any.
timeline::Result<MediaFile> readMediaFile(const std::filesystem::path& file,
                                          const std::filesystem::path& projectFolder);

} // namespace app
