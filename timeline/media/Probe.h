#pragma once

#include "timeline/base/Result.h"
#include "timeline/media/MediaInfo.h"

#include <filesystem>
#include <stop_token>

namespace timeline {

/// Says what a file is, by its content. `path` is a file or the pattern of an image sequence ("frame.%04d.exr").
/// Takes at most some seconds whatever the file claims; opens that one file and nothing else.
/// FileNotFound, NotAFile, PermissionDenied, ReadFailed; UnsupportedFormat (empty, or no media), Truncated (its index
/// is missing), RefusedProtocol (a playlist or a description of other files), TooLarge, Encrypted, UnsupportedCodec
/// (nothing in it can be decoded), Cancelled.
/// Thread: any.
Result<MediaInfo> probe(const std::filesystem::path& path, std::stop_token stop = {});

} // namespace timeline
