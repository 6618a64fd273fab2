#include "app/project/Relocate.h"

#include "app/media/BinList.h"
#include "app/media/TakeImporter.h"
#include "timeline/io/MediaUrl.h"
#include "timeline/model/Query.h"

#include <algorithm>
#include <string>

namespace app {

namespace fs = std::filesystem;

namespace {

using ChangeUrl = std::function<std::string(const std::string&)>;

timeline::Clip withUrls(timeline::Clip clip, const ChangeUrl& change) {
    for (auto& [key, reference] : clip.references) {
        if (auto* file = std::get_if<timeline::ExternalReference>(&reference)) {
            file->url = change(file->url);
        }
    }
    return clip;
}

/// Every url of the timeline, on the tracks and in the bin.
timeline::Timeline withUrls(timeline::Timeline timeline, const ChangeUrl& change) {
    for (timeline::Track& track : timeline.tracks) {
        for (timeline::ItemPtr& item : track.items) {
            const timeline::Clip* clip = timeline::asClip(item);
            if (!clip) {
                continue;
            }
            timeline::Clip changed = withUrls(*clip, change);
            if (!(changed == *clip)) {
                item = timeline::makeItem(std::move(changed));
            }
        }
    }
    std::vector<std::string> bin = binUrls(timeline);
    std::ranges::transform(bin, bin.begin(), change);
    return bin.empty() ? timeline : withBinUrls(std::move(timeline), bin);
}

void addCopy(std::vector<FileCopy>& copies, const FileCopy& copy) {
    std::error_code error;
    if (copy.from != copy.to && fs::exists(copy.from, error) && std::ranges::find(copies, copy) == copies.end()) {
        copies.push_back(copy);
    }
}

} // namespace

timeline::Timeline withAbsoluteUrls(timeline::Timeline timeline, const fs::path& folder) {
    return withUrls(std::move(timeline), [&](const std::string& url) {
        const auto file = timeline::resolveUrl(url, folder);
        return file ? timeline::urlFor(*file, {}) : url;
    });
}

Relocation relocated(timeline::Timeline timeline, const fs::path& newFile,
                     const std::function<bool(const fs::path&)>& isOwn) {
    const fs::path folder = newFile.parent_path();
    const fs::path media = mediaFolderOf(newFile);
    Relocation moved;
    moved.timeline = withUrls(std::move(timeline), [&](const std::string& url) {
        const auto file = timeline::resolveUrl(url, folder);
        if (!file) {
            return url;
        }
        if (!isOwn(*file)) {
            return timeline::urlFor(*file, folder);
        }
        const FileCopy copy{*file, media / file->filename()};
        addCopy(moved.copies, copy);
        return timeline::urlFor(copy.to, folder);
    });
    return moved;
}

} // namespace app
