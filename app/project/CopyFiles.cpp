#include "app/project/CopyFiles.h"

#include <cerrno>
#include <fstream>
#include <system_error>

namespace app {

namespace fs = std::filesystem;
using timeline::Error;
using timeline::ErrorCode;
using timeline::Result;

namespace {

constexpr std::size_t kPieceBytes = std::size_t(4) << 20; ///< between two looks at the stop token

/// Removes a file that did not become complete.
/// Thread: one.
class Draft {
public:
    explicit Draft(fs::path path) : m_path(std::move(path)) {}
    ~Draft() {
        std::error_code ignored;
        fs::remove(m_path, ignored);
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

Error writeError(const fs::path& path, int reason) {
    return {reason == ENOSPC || reason == EDQUOT ? ErrorCode::DiskFull : ErrorCode::WriteFailed, path.string(),
            reason == 0 ? std::string() : std::generic_category().message(reason)};
}

/// Tells after each piece how many bytes it had.
Result<void> copyPieces(const FileCopy& copy, const fs::path& draft, const std::stop_token& stop,
                        const std::function<void(std::uint64_t)>& copied) {
    std::ifstream from(copy.from, std::ios::binary);
    std::ofstream to(draft, std::ios::binary | std::ios::trunc);
    std::vector<char> piece(kPieceBytes);
    int error = to ? 0 : errno;
    while (from && to) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::Cancelled, copy.to.string(), {}};
        }
        from.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        errno = 0;
        if (!to.write(piece.data(), from.gcount())) {
            error = errno;
        }
        copied(static_cast<std::uint64_t>(from.gcount()));
    }
    errno = 0;
    to.close();
    if (!to) {
        return writeError(copy.to, error == 0 ? errno : error);
    }
    return from.eof() ? Result<void>() : Error{ErrorCode::ReadFailed, copy.from.string(), {}};
}

} // namespace

Result<void> copyFile(const FileCopy& copy, const std::stop_token& stop,
                      const std::function<void(std::uint64_t)>& copied) {
    std::error_code error;
    fs::create_directories(copy.to.parent_path(), error);
    if (error) {
        return writeError(copy.to.parent_path(), error.value());
    }
    const Draft draft(copy.to.string() + ".partial");
    if (auto done = copyPieces(copy, draft.path(), stop, copied); !done) {
        return done;
    }
    fs::rename(draft.path(), copy.to, error);
    return error ? Result<void>(writeError(copy.to, error.value())) : Result<void>();
}

bool linkFile(const FileCopy& copy) {
    std::error_code error;
    if (fs::exists(copy.to, error)) {
        return true;
    }
    fs::create_directories(copy.to.parent_path(), error);
    fs::create_hard_link(copy.from, copy.to, error);
    return !error;
}

Result<void> copyFiles(const std::vector<FileCopy>& copies, const std::stop_token& stop,
                       const std::function<void(double)>& progress) {
    std::error_code error;
    std::uint64_t all = 0;
    for (const FileCopy& copy : copies) {
        const std::uintmax_t size = fs::file_size(copy.from, error);
        all += error ? 0 : size;
    }
    std::uint64_t done = 0;
    for (const FileCopy& copy : copies) {
        if (fs::exists(copy.to, error)) {
            continue; // named by content: the same take
        }
        auto copied = copyFile(copy, stop, [&](std::uint64_t bytes) {
            done += bytes;
            progress(all == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(all));
        });
        if (!copied) {
            return copied;
        }
    }
    return {};
}

} // namespace app
