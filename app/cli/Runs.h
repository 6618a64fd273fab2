#pragma once

#include "app/cli/Command.h"
#include "app/cli/StillNames.h"
#include "app/generation/GenerationTask.h"
#include "timeline/base/Result.h"
#include "timeline/export/ExportJob.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <variant>
#include <vector>

namespace app::cli {

/// How far long work is; secondsLeft below 0: unknown.
using ShowProgress = std::function<void(std::int64_t done, std::int64_t count, double secondsLeft)>;
using LongWork = std::function<timeline::Result<void>(std::stop_token, const ShowProgress&)>;

/// Does the work on another thread while this one shows progress and hears Ctrl-C. Failures are reported.
/// @return nothing when it went well; `failed` for what is no cancelling
std::optional<ExitCode> runInBackground(const QString& what, const Streams& streams, ExitCode failed,
                                        const LongWork& work);

/// Runs tasks in a real GenerationQueue with the worker, showing progress, until all are done. The first failure ends
/// it. Ctrl-C cancels. What went wrong is reported already.
/// @return the results in the order of the tasks, or the exit code
std::variant<std::vector<GenerationResult>, ExitCode> runGeneration(std::vector<GenerationTask> tasks,
                                                                    const Streams& streams);

/// Exports with progress. Ctrl-C cancels. Media that could not be shown is warned of.
std::variant<timeline::ExportReport, ExitCode> runExport(timeline::ExportRequest request, timeline::RendererSetup setup,
                                                         const Streams& streams);

/// Writes every frame as a 16-bit PNG, numbered from 1 on. The folder is made when it is missing.
/// @return nothing when it went well
std::optional<ExitCode> runFrames(const timeline::TimelinePtr& film, timeline::RendererSetup setup,
                                  const StillNames& names, const Streams& streams);

/// "1280x720"; nothing for what is no size from 16x16 to 16384x16384.
struct FrameSize {
    int width = 0;
    int height = 0;
};
std::optional<FrameSize> parseSize(const QString& text);

} // namespace app::cli
