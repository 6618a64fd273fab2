#include "app/project/Relocate.h"

#include "app/media/BinList.h"
#include "app/media/TakeImporter.h"
#include "timeline/io/MediaUrl.h"
#include "timeline/model/Query.h"

#include <optional>

namespace app {

namespace fs = std::filesystem;
using timeline::Error;
using timeline::ErrorCode;
using timeline::Result;

namespace {

struct Move {
    fs::path oldFolder;
    fs::path oldMedia;
    fs::path newFolder;
    fs::path newMedia;
};

bool liesIn(const fs::path& file, const fs::path& folder) {
    return file.lexically_normal().parent_path() == folder.lexically_normal();
}

Result<void> copyWhole(const fs::path& from, const fs::path& to) {
    std::error_code error;
    if (fs::exists(to, error)) {
        return {}; // named by content: the same take
    }
    fs::create_directories(to.parent_path(), error);
    const fs::path draft = to.string() + ".partial";
    if (!fs::copy_file(from, draft, fs::copy_options::overwrite_existing, error)) {
        fs::remove(draft);
        return Error{ErrorCode::WriteFailed, to.string(), error.message()};
    }
    fs::rename(draft, to, error);
    return error ? Result<void>(Error{ErrorCode::WriteFailed, to.string(), error.message()}) : Result<void>();
}

/// The reference's new url.
Result<std::string> movedUrl(const std::string& url, const Move& move) {
    const auto file = timeline::resolveUrl(url, move.oldFolder);
    if (!file) {
        return url; // of a kind that we do not open; kept as it is
    }
    if (move.oldMedia == move.newMedia || !liesIn(*file, move.oldMedia)) {
        return timeline::urlFor(*file, move.newFolder);
    }
    std::error_code error;
    const fs::path copy = move.newMedia / file->filename();
    if (fs::exists(*file, error)) {
        if (auto copied = copyWhole(*file, copy); !copied) {
            return copied.error();
        }
    }
    return timeline::urlFor(copy, move.newFolder);
}

Result<timeline::Clip> movedClip(timeline::Clip clip, const Move& move) {
    for (auto& [key, reference] : clip.references) {
        if (auto* file = std::get_if<timeline::ExternalReference>(&reference)) {
            auto url = movedUrl(file->url, move);
            if (!url) {
                return url.error();
            }
            file->url = std::move(url).value();
        }
    }
    return clip;
}

} // namespace

Result<timeline::Timeline> relocated(timeline::Timeline timeline, const fs::path& oldFolder, const fs::path& oldMedia,
                                     const fs::path& newFile) {
    const Move move{oldFolder, oldMedia, newFile.parent_path(), mediaFolderOf(newFile)};
    for (timeline::Track& track : timeline.tracks) {
        for (timeline::ItemPtr& item : track.items) {
            const timeline::Clip* clip = timeline::asClip(item);
            if (!clip) {
                continue;
            }
            auto moved = movedClip(*clip, move);
            if (!moved) {
                return moved.error();
            }
            if (!(*moved == *clip)) {
                item = timeline::makeItem(std::move(moved).value());
            }
        }
    }
    std::vector<std::string> bin = binUrls(timeline);
    for (std::string& url : bin) {
        auto moved = movedUrl(url, move);
        if (!moved) {
            return moved.error();
        }
        url = std::move(moved).value();
    }
    return bin.empty() ? timeline : withBinUrls(std::move(timeline), bin);
}

} // namespace app
