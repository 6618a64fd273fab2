#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace timeline {

/// From what the project says of a medium (a path relative to the project file, an absolute path or a file: URL) to a
/// file. Nothing is looked up and nothing is opened; a URL of another scheme becomes a path that does not exist.
using UrlResolver = std::function<std::filesystem::path(const std::string& url)>;

/// The usual one. Percent escapes of file: URLs are undone; those of relative paths are not: they are names.
UrlResolver projectUrls(std::filesystem::path projectFolder);

} // namespace timeline
