#pragma once

#include "generation/protocol/FrameFile.h"
#include "timeline/base/Result.h"
#include "timeline/model/Recipe.h"

#include <QString>

#include <filesystem>
#include <stop_token>

namespace app {

/// Writes generated frames as a take: FFV1, 10 bit 4:4:4, tagged, in `folder` (made when missing), named after the
/// request key. A file of that name is the same take and is left as it is. Thread: any.
timeline::Result<std::filesystem::path> writeTake(const generation::FrameSet& frames,
                                                  const std::filesystem::path& folder,
                                                  const timeline::TakeRecord& record, std::stop_token stop);

/// Where a project keeps its takes: "film.media" beside "film.otio".
std::filesystem::path mediaFolderOf(const std::filesystem::path& projectFile);

} // namespace app
