#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

#include <filesystem>
#include <string>

namespace timeline {

/// The version of our own data in metadata["fantascope"]. Readers refuse files with a higher one.
inline constexpr int kProjectVersion = 1;

/// The timeline as OpenTimelineIO's JSON. The same value gives the same bytes; reading them gives the same value. Of
/// another program's file, only what was edited differs from what was read.
std::string otioText(const Timeline& timeline);

/// Writes otioText() to a new file beside `file` and renames it: `file` is the old or the new one at any moment.
/// Errors as writeFileAtomically(); InvariantBroken and TooLarge when it could not be read again.
/// Thread: any.
Result<void> writeOtio(const Timeline& timeline, const std::filesystem::path& file);

} // namespace timeline
