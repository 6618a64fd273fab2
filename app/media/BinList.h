#pragma once

#include "timeline/model/Timeline.h"
#include "timeline/render/MediaUrls.h"

#include <filesystem>
#include <string>
#include <vector>

namespace app {

/// The urls of the media bin, which the project keeps in its own metadata.
std::vector<std::string> binUrls(const timeline::Timeline& timeline);
timeline::Timeline withBinUrls(timeline::Timeline timeline, const std::vector<std::string>& urls);

/// Appends those of `more` that are not there yet.
void addUrls(std::vector<std::string>& urls, const std::vector<std::string>& more);

/// The bin's urls, then those of files on the timeline that are not among them. Takes are not media of the bin.
std::vector<std::string> mediaUrls(const timeline::Timeline& timeline);
std::vector<std::filesystem::path> mediaFiles(const timeline::Timeline& timeline, const timeline::UrlResolver& resolve);

} // namespace app
