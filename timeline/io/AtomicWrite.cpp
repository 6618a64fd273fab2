#include "timeline/io/AtomicWrite.h"

#include "timeline/base/Id.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace timeline {

namespace {

namespace fs = std::filesystem;

Error fileError(const fs::path& file, int cause) {
    const auto code = [&] {
        switch (cause) {
        case ENOENT:
            return ErrorCode::FileNotFound;
        case ENOTDIR:
        case EISDIR:
            return ErrorCode::NotAFile;
        case EACCES:
        case EPERM:
        case EROFS:
            return ErrorCode::PermissionDenied;
        case ENOSPC:
        case EDQUOT:
            return ErrorCode::DiskFull;
        default:
            return ErrorCode::WriteFailed;
        }
    };
    return {code(), file.string(), std::strerror(cause)};
}

/// The new file beside the old one: gone when the object is, unless it was put in place.
/// Thread: one.
class TemporaryFile {
public:
    explicit TemporaryFile(const fs::path& folder)
        // A name of its own, as the target's with a suffix could be too long.
        : m_path(folder / (".fantascope-" + std::to_string(randomId()))),
          m_descriptor(::open(m_path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666)), m_error(errno) {}

    ~TemporaryFile() {
        close();
        if (!m_path.empty()) {
            ::unlink(m_path.c_str());
        }
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    /// Each returns 0 or errno.
    int openError() const { return m_descriptor < 0 ? m_error : 0; }

    int write(std::string_view content) const {
        while (!content.empty()) {
            const ssize_t count = ::write(m_descriptor, content.data(), content.size());
            if (count < 0 && errno != EINTR) {
                return errno;
            }
            content.remove_prefix(count < 0 ? 0 : static_cast<std::size_t>(count));
        }
        return ::fsync(m_descriptor) == 0 ? 0 : errno;
    }

    int takePermissions(const fs::path& file) const {
        struct stat status{};
        const bool isThere = ::stat(file.c_str(), &status) == 0;
        return !isThere || ::fchmod(m_descriptor, status.st_mode & 07777) == 0 ? 0 : errno;
    }

    int moveTo(const fs::path& file) {
        // Network file systems report a full disk when the file is closed.
        if (const int error = close(); error != 0) {
            return error;
        }
        if (::rename(m_path.c_str(), file.c_str()) != 0) {
            return errno;
        }
        m_path.clear();
        return 0;
    }

private:
    int close() {
        const int descriptor = std::exchange(m_descriptor, -1);
        return descriptor < 0 || ::close(descriptor) == 0 ? 0 : errno;
    }

    fs::path m_path;
    int m_descriptor;
    int m_error;
};

/// So that the new name survives a power cut. Some file systems cannot, which is no failure of the write.
void syncFolder(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
}

} // namespace

Result<void> writeFileAtomically(const fs::path& file, std::string_view content) {
    std::error_code failed;
    fs::path target = fs::canonical(file, failed);
    if (failed) {
        target = file;
    } else if (!fs::is_regular_file(target, failed)) {
        return Error{ErrorCode::NotAFile, file.string(), {}};
    } else if (::access(target.c_str(), W_OK) != 0) {
        return fileError(file, errno); // a rename would replace a file that is read-only
    }
    const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    TemporaryFile temporary(folder);
    int error = temporary.openError();
    error = error != 0 ? error : temporary.write(content);
    error = error != 0 ? error : temporary.takePermissions(target);
    error = error != 0 ? error : temporary.moveTo(target);
    if (error != 0) {
        return fileError(file, error);
    }
    syncFolder(folder);
    return {};
}

} // namespace timeline
