#pragma once

#include "timeline/model/Timeline.h"

#include <string>
#include <vector>

namespace app {

/// The urls of the media bin, which the project keeps in its own metadata.
std::vector<std::string> binUrls(const timeline::Timeline& timeline);
timeline::Timeline withBinUrls(timeline::Timeline timeline, const std::vector<std::string>& urls);

/// The bin's urls, then those of files on the timeline that are not among them. Takes are not media of the bin.
std::vector<std::string> mediaUrls(const timeline::Timeline& timeline);

} // namespace app
