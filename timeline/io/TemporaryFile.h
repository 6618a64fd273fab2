#pragma once

#include "timeline/base/Result.h"

#include <filesystem>

namespace timeline {

/// A new, empty file beside the one it is going to replace. Until publish() the other one is untouched; without
/// publish() the temporary file goes away.
/// Thread: one at a time.
class TemporaryFile {
public:
    /// A link's target is what gets replaced, and keeps its permissions. FileNotFound (folder), NotAFile,
    /// PermissionDenied (the folder's, or the target is read-only), DiskFull, WriteFailed.
    static Result<TemporaryFile> createFor(const std::filesystem::path& target);
    TemporaryFile(TemporaryFile&& other) noexcept;
    TemporaryFile& operator=(TemporaryFile&&) = delete;
    ~TemporaryFile();

    const std::filesystem::path& path() const { return m_path; } ///< has the target's extension
    /// Brings the content to the disk and renames the file to its target.
    Result<void> publish();

private:
    TemporaryFile(std::filesystem::path path, std::filesystem::path target);

    std::filesystem::path m_path; ///< empty: nothing to remove
    std::filesystem::path m_target;
};

} // namespace timeline
