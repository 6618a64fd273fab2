#pragma once

#include "timeline/base/Result.h"
#include "timeline/media/CodedFrame.h"

#include <filesystem>
#include <span>

namespace timeline {

/// Writes .png or .tif with 16 bits a sample, or .jpg with 8, by the file name's extension. The file appears whole or
/// not at all. UnsupportedFormat for other extensions, PermissionDenied, FileNotFound, DiskFull, WriteFailed. Thread:
/// any.
Result<void> writeStill(const std::filesystem::path& file, const CodedFrame& frame);

/// Linear light, RGBA, premultiplied, rows top to bottom.
struct LinearPixels {
    int width = 0;
    int height = 0;
    std::span<const float> rgba;
};

enum class ExrDepth : std::uint8_t { Half, Float };

/// Writes an .exr, whole or not at all.
Result<void> writeExr(const std::filesystem::path& file, const LinearPixels& pixels, ExrDepth depth = ExrDepth::Half);

} // namespace timeline
