#pragma once

#include <cstdint>

struct AVFrame;
struct AVStream;

namespace timeline {

/// What differs between FFmpeg 5.1 and 8; the only file that asks for FFmpeg's version.

/// The nine numbers of a stream's display matrix, or null.
const std::int32_t* streamDisplayMatrix(const AVStream& stream);
/// How long a frame lasts by its packet, in the stream's ticks; 0: not said.
std::int64_t frameDuration(const AVFrame& frame);

} // namespace timeline
