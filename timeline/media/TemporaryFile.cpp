#include "timeline/media/TemporaryFile.h"

#include "timeline/base/Id.h"
#include "timeline/media/AvError.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace timeline {

namespace {

std::string randomName(const std::filesystem::path& target) {
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), randomId(), 16).ptr;
    return ".fantascope-" + std::string(digits.data(), end) + ".partial" + target.extension().string();
}

/// fsync of a file or folder by its path.
int syncToDisk(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return errno;
    }
    const int problem = ::fsync(descriptor) != 0 ? errno : 0;
    ::close(descriptor);
    return problem;
}

} // namespace

TemporaryFile::TemporaryFile(std::filesystem::path path, std::filesystem::path target)
    : m_path(std::move(path)), m_target(std::move(target)) {}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept
    : m_path(std::exchange(other.m_path, {})), m_target(std::move(other.m_target)) {}

TemporaryFile::~TemporaryFile() {
    if (!m_path.empty()) {
        std::remove(m_path.c_str());
    }
}

Result<TemporaryFile> TemporaryFile::createFor(const std::filesystem::path& file) {
    std::error_code ignored;
    const std::filesystem::path target =
        std::filesystem::is_symlink(file, ignored) ? std::filesystem::weakly_canonical(file, ignored) : file;
    struct stat status{};
    const bool exists = ::stat(target.c_str(), &status) == 0;
    if (target.filename().empty() || (exists && !S_ISREG(status.st_mode))) {
        return Error{ErrorCode::NotAFile, file.string(), {}};
    }
    const std::filesystem::path path = target.parent_path() / randomName(target);
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return systemError(errno, file, ErrorCode::WriteFailed);
    }
    if (exists) {
        static_cast<void>(::fchmod(descriptor, status.st_mode & 0777));
    }
    ::close(descriptor);
    return TemporaryFile(path, target);
}

Result<void> TemporaryFile::publish() {
    if (const int problem = syncToDisk(m_path); problem != 0) {
        return systemError(problem, m_target, ErrorCode::WriteFailed);
    }
    if (std::rename(m_path.c_str(), m_target.c_str()) != 0) {
        return systemError(errno, m_target, ErrorCode::WriteFailed);
    }
    m_path.clear();
    const std::filesystem::path folder = m_target.parent_path();
    syncToDisk(folder.empty() ? "." : folder); // the file is in place; some file systems cannot sync folders
    return {};
}

} // namespace timeline
