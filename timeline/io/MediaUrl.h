#pragma once

#include "timeline/base/Result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace timeline {

/// The file that a reference's url names: a path relative to `projectFolder`, an absolute path, or a file: URL of this
/// machine. Percent escapes are decoded in URLs, and in paths if no file has the name as it stands.
/// RefusedProtocol for any other scheme (http:, concat:, ...) and for other machines' file: URLs; InvalidArgument for
/// an empty url or one with NUL inside. Does not ask whether the file exists.
Result<std::filesystem::path> resolveUrl(std::string_view url, const std::filesystem::path& projectFolder);

/// How to write `file` into a project in `projectFolder` (empty: never saved): relative to it when it lies inside, else
/// a file: URL. resolveUrl() gives the path back, whatever bytes are in it.
std::string urlFor(const std::filesystem::path& file, const std::filesystem::path& projectFolder);

} // namespace timeline
