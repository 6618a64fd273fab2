#include "timeline/export/SourceFiles.h"

#include <algorithm>
#include <system_error>

namespace timeline {

namespace fs = std::filesystem;

std::vector<fs::path> sourceFiles(const Timeline& timeline, const UrlResolver& resolve) {
    std::vector<fs::path> files;
    for (const Track& track : timeline.tracks) {
        for (const ItemPtr& item : track.items) {
            const Clip* clip = asClip(item);
            if (!clip) {
                continue;
            }
            for (const auto& [key, reference] : clip->references) {
                if (const auto* file = std::get_if<ExternalReference>(&reference)) {
                    files.push_back(resolve(file->url));
                }
            }
        }
    }
    return files;
}

bool isAmong(const fs::path& file, const std::vector<fs::path>& files) {
    return std::ranges::any_of(files, [&](const fs::path& other) {
        std::error_code failed; // one of them does not exist: they are not the same
        return fs::equivalent(file, other, failed) && !failed;
    });
}

} // namespace timeline
