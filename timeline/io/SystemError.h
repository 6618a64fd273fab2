#pragma once

#include "timeline/base/Error.h"

#include <filesystem>

namespace timeline {

/// What an errno says of a file: FileNotFound (or its folder), NotAFile, PermissionDenied, DiskFull, OutOfMemory;
/// `otherwise` for all others.
ErrorCode codeOfErrno(int number, ErrorCode otherwise);

/// An errno as an Error about `file`, with the system's text.
Error systemError(int number, const std::filesystem::path& file, ErrorCode otherwise);

} // namespace timeline
