#pragma once

#include "timeline/base/Result.h"

#include <compare>
#include <cstdint>
#include <filesystem>

namespace timeline {

/// Which content a path stood for when it was looked at: a change of any field means another content.
/// Thread: a value.
struct FileStamp {
    std::filesystem::path path;
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = 0;
    std::int64_t modifiedNanoseconds = 0;

    std::strong_ordering operator<=>(const FileStamp& other) const = default;
    bool operator==(const FileStamp& other) const = default;
};

/// The stamp of a regular file (or of what a link leads to). Of an image sequence's pattern: of its folder.
/// FileNotFound, NotAFile (a folder, pipe, socket or device), PermissionDenied, ReadFailed.
Result<FileStamp> fileStamp(const std::filesystem::path& path);

} // namespace timeline
