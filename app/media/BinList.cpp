#include "app/media/BinList.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace app {

namespace {

constexpr const char* kBinKey = "bin";
constexpr std::size_t kMostEntries = 100'000;

timeline::Json oursOf(const timeline::Timeline& timeline) {
    const auto found = timeline.metadata.json().find(timeline::kOurMetadata);
    return found != timeline.metadata.json().end() && found->is_object() ? *found : timeline::Json::object();
}

void addUnique(std::vector<std::string>& urls, const std::string& url) {
    if (std::ranges::find(urls, url) == urls.end()) {
        urls.push_back(url);
    }
}

} // namespace

std::vector<std::string> binUrls(const timeline::Timeline& timeline) {
    std::vector<std::string> urls;
    const timeline::Json ours = oursOf(timeline);
    const auto bin = ours.find(kBinKey);
    if (bin == ours.end() || !bin->is_array() || bin->size() > kMostEntries) {
        return urls;
    }
    for (const timeline::Json& url : *bin) {
        if (url.is_string()) {
            urls.push_back(url.get<std::string>());
        }
    }
    return urls;
}

timeline::Timeline withBinUrls(timeline::Timeline timeline, const std::vector<std::string>& urls) {
    timeline::Json ours = oursOf(timeline);
    ours[kBinKey] = urls;
    timeline.metadata = timeline.metadata.with(timeline::kOurMetadata, std::move(ours));
    return timeline;
}

std::vector<std::string> mediaUrls(const timeline::Timeline& timeline) {
    std::vector<std::string> urls = binUrls(timeline);
    for (const timeline::Track& track : timeline.tracks) {
        for (const timeline::ItemPtr& item : track.items) {
            const timeline::Clip* clip = timeline::asClip(item);
            if (!clip || clip->references.contains(timeline::kRecipeKey)) {
                continue;
            }
            for (const auto& [key, reference] : clip->references) {
                if (const auto* file = std::get_if<timeline::ExternalReference>(&reference)) {
                    addUnique(urls, file->url);
                }
            }
        }
    }
    return urls;
}

} // namespace app
