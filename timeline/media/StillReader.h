#pragma once

#include "timeline/base/Result.h"
#include "timeline/media/MediaInfo.h"

#include <filesystem>
#include <optional>
#include <string>

namespace timeline {

/// Reads one picture through OpenImageIO, at full depth: 8 and 16 bit integers as they are, half and float as float.
/// The format is told by content. EXR: the display window, with nothing (0) where the data window does not reach, NaN
/// and infinities as 0. Alpha stays as stored (Straight or Premultiplied). CMYK comes out as RGB.
/// FileNotFound, NotAFile, PermissionDenied, UnsupportedFormat, TooLarge, Damaged, OutOfMemory.
/// Thread: any.
Result<PicturePtr> readStill(const std::filesystem::path& path);

/// What readStill() would give, without reading pixels.
Result<MediaInfo> probeStill(const std::filesystem::path& path);

/// The frame rate that a still of a sequence says it belongs to (EXR).
std::optional<FrameRate> stillRate(const std::filesystem::path& path);

/// OpenImageIO's name of the still format of this content ("png"); empty when it is none, or is moving (GIF, APNG).
std::string stillFormat(const std::filesystem::path& path);

} // namespace timeline
