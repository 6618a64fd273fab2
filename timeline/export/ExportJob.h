#pragma once

#include "timeline/export/ExportPreset.h"
#include "timeline/model/Timeline.h"
#include "timeline/render/SequenceRenderer.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace timeline {

struct ExportRequest {
    TimelinePtr timeline;           ///< a snapshot: later edits do not reach the film
    std::optional<TimeRange> range; ///< nothing: all of it
    ExportPreset preset;
    std::filesystem::path output; ///< replaced only when the whole film is written
    /// Files that must not be replaced, beside those of the timeline: the project's other media.
    std::vector<std::filesystem::path> kept = {};
};

struct ExportProgress {
    std::int64_t frame = 0; ///< frames written
    std::int64_t frameCount = 0;
    double secondsLeft = 0.0;
};

struct ExportReport {
    std::int64_t frameCount = 0;
    std::int64_t sampleCount = 0; ///< of sound; 0: no sound
    std::string compositor;
    std::vector<Error> problems; ///< media that was missing or damaged: what could not be read of it is missing
};

/// Writes a part of a timeline to a film file: the monitor's renderer, every frame once, with the mix of the Audio
/// tracks beside it, equally long. The film appears under its name when it is complete; cancelled or failed, there is
/// none and what was there before is untouched. An output that is a source of the project is refused
/// (WouldReplaceSource). Thread: run() on a thread of its own; it makes its renderer there.
class ExportJob {
public:
    ExportJob(ExportRequest request, RendererSetup setup);

    /// @param progress  called on this thread after each frame
    Result<ExportReport> run(std::stop_token stop, const std::function<void(const ExportProgress&)>& progress = {});

private:
    ExportRequest m_request;
    RendererSetup m_setup;
};

} // namespace timeline
