#pragma once

#include "timeline/base/Result.h"

#include <filesystem>
#include <string_view>

namespace timeline {

/// Writes a temporary file in the same folder, syncs it to disk and renames it over `file`, which keeps its
/// permissions; a symbolic link's target is replaced, a file that is read-only is not. On failure `file` is untouched
/// and the temporary file gone. FileNotFound (no such folder), NotAFile, PermissionDenied, DiskFull, WriteFailed.
/// Thread: any.
Result<void> writeFileAtomically(const std::filesystem::path& file, std::string_view content);

} // namespace timeline
