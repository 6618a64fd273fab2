#include "timeline/io/TemporaryFile.h"

#include "timeline/base/Id.h"
#include "timeline/io/SystemError.h"

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
    // Not the target's name with something more, which could be too long.
    constexpr std::size_t longest = 32;
    const std::string extension = target.extension().string();
    return ".fantascope-" + std::string(digits.data(), end) + ".partial" +
           (extension.size() <= longest ? extension : std::string());
}

/// What a link leads to in the end, though it may not be there yet.
std::filesystem::path linkTarget(std::filesystem::path file) {
    constexpr int longest = 40; // Linux goes no further either
    std::error_code failed;
    for (int links = 0; links < longest && std::filesystem::is_symlink(file, failed); ++links) {
        file = file.parent_path() / std::filesystem::read_symlink(file, failed);
    }
    return file;
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
    const std::filesystem::path target = linkTarget(file);
    struct stat status{};
    const bool exists = ::stat(target.c_str(), &status) == 0;
    std::error_code ignored;
    const bool isLoop = std::filesystem::is_symlink(target, ignored);
    if (target.filename().empty() || isLoop || (exists && !S_ISREG(status.st_mode))) {
        return Error{ErrorCode::NotAFile, file.string(), {}};
    }
    // A rename would replace it all the same.
    const bool isReadOnly = exists && ((status.st_mode & 0222) == 0 || ::access(target.c_str(), W_OK) != 0);
    if (isReadOnly) {
        return systemError(EACCES, file, ErrorCode::WriteFailed);
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
