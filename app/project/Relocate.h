#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

#include <filesystem>

namespace app {

/// The timeline as it must be written into `newFile`: paths relative to it, and the takes that lie in another project's
/// (or an unsaved project's) media folder copied into its own. Copies are complete or not there.
/// @param oldFolder  what relative paths start from now
/// @param oldMedia   the media folder that the takes lie in now
/// Errors of writing files; nothing of the old project is touched.
timeline::Result<timeline::Timeline> relocated(timeline::Timeline timeline, const std::filesystem::path& oldFolder,
                                               const std::filesystem::path& oldMedia,
                                               const std::filesystem::path& newFile);

} // namespace app
