#pragma once

#include <cstdint>

struct AVStream;

namespace timeline {

/// What differs between FFmpeg 5.1 and 8; the only file that asks for FFmpeg's version.

/// The nine numbers of a stream's display matrix, or null.
const std::int32_t* streamDisplayMatrix(const AVStream& stream);

} // namespace timeline
