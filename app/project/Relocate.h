#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

#include <filesystem>
#include <functional>
#include <vector>

namespace app {

/// The timeline with absolute urls in place of those that are relative to `folder`, as a document holds it: then no
/// step of its history depends on where the project is saved. Urls that we do not open stay as they are.
timeline::Timeline withAbsoluteUrls(timeline::Timeline timeline, const std::filesystem::path& folder);

/// A file that has to be there before the project that refers to it.
/// Thread: a value.
struct FileCopy {
    std::filesystem::path from;
    std::filesystem::path to;

    bool operator==(const FileCopy&) const = default;
};

/// What has to be written, and copied, to save a timeline.
/// Thread: a value.
struct Relocation {
    timeline::Timeline timeline; ///< paths relative to its file where they lie beside it
    std::vector<FileCopy> copies;
};

/// The timeline of a document (absolute urls) as it is written into `newFile`. Takes are to lie in that file's own
/// media folder: those for which `isOwn` says that they belong to the project are copied there. Asks the disk which
/// files exist; changes nothing.
Relocation relocated(timeline::Timeline timeline, const std::filesystem::path& newFile,
                     const std::function<bool(const std::filesystem::path&)>& isOwn);

} // namespace app
