#pragma once

#include "timeline/base/Error.h"

#include <filesystem>

namespace timeline {

/// An FFmpeg error number as an Error about `file`: those that stand for a condition of the system or of the file keep
/// their meaning (PermissionDenied, DiskFull, Cancelled, ...), all others are `otherwise`. The detail is FFmpeg's text.
Error avError(int number, const std::filesystem::path& file, ErrorCode otherwise);

} // namespace timeline
