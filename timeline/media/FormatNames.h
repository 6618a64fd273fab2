#pragma once

#include <filesystem>
#include <string>

namespace timeline {

/// Whether a file's extension is one that its content goes by. `format` is FFmpeg's or OpenImageIO's name of the
/// content; extensions and formats that are not known are taken to fit.
bool extensionFits(const std::filesystem::path& path, const std::string& format);

} // namespace timeline
