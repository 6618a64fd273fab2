#pragma once

#include "timeline/model/Timeline.h"
#include "timeline/render/MediaUrls.h"

#include <filesystem>
#include <vector>

namespace timeline {

/// The files that a timeline refers to: also those of takes that are not chosen and of tracks that are switched off.
std::vector<std::filesystem::path> sourceFiles(const Timeline& timeline, const UrlResolver& resolve);

/// Whether `file` is one of these, be it under another name (a link, "../").
bool isAmong(const std::filesystem::path& file, const std::vector<std::filesystem::path>& files);

} // namespace timeline
