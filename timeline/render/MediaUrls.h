#pragma once

#include "timeline/base/Error.h"

#include <filesystem>
#include <functional>
#include <string>

namespace timeline {

/// From what the project says of a medium to a file; see timeline/io/MediaUrl.h.
using UrlResolver = std::function<std::filesystem::path(const std::string& url)>;

/// The usual one. What is refused (http:, ...) stays the words it is: a file that does not exist.
UrlResolver projectUrls(std::filesystem::path projectFolder);

/// What is wrong with a medium: where its file is missing because the url is none that may be opened, that.
Error problemWith(const std::string& url, Error error);

} // namespace timeline
