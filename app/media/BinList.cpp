#include "app/media/BinList.h"

#include <nlohmann/json.hpp>

#include <unordered_set>

namespace app {

namespace {

constexpr const char* kBinKey = "bin";
constexpr std::size_t kMostEntries = 100'000;

timeline::Json oursOf(const timeline::Timeline& timeline) {
    const auto found = timeline.metadata.json().find(timeline::kOurMetadata);
    return found != timeline.metadata.json().end() && found->is_object() ? *found : timeline::Json::object();
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

void addUrls(std::vector<std::string>& urls, const std::vector<std::string>& more) {
    std::unordered_set<std::string> known(urls.begin(), urls.end());
    for (const std::string& url : more) {
        if (known.insert(url).second) {
            urls.push_back(url);
        }
    }
}

std::vector<std::string> mediaUrls(const timeline::Timeline& timeline) {
    std::vector<std::string> onTracks;
    for (const timeline::Track& track : timeline.tracks) {
        for (const timeline::ItemPtr& item : track.items) {
            const timeline::Clip* clip = timeline::asClip(item);
            if (!clip || clip->references.contains(timeline::kRecipeKey)) {
                continue;
            }
            for (const auto& [key, reference] : clip->references) {
                if (const auto* file = std::get_if<timeline::ExternalReference>(&reference)) {
                    onTracks.push_back(file->url);
                }
            }
        }
    }
    std::vector<std::string> urls = binUrls(timeline);
    addUrls(urls, onTracks);
    return urls;
}

std::vector<std::filesystem::path> mediaFiles(const timeline::Timeline& timeline,
                                              const timeline::UrlResolver& resolve) {
    std::vector<std::filesystem::path> files;
    for (const std::string& url : mediaUrls(timeline)) {
        files.push_back(resolve(url));
    }
    return files;
}

} // namespace app
