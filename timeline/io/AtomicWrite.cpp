#include "timeline/io/AtomicWrite.h"

#include "timeline/io/SystemError.h"
#include "timeline/io/TemporaryFile.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace timeline {

namespace {

/// @return 0 or errno
int writeTo(const std::filesystem::path& file, std::string_view content) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (descriptor < 0) {
        return errno;
    }
    int problem = 0;
    while (!content.empty() && problem == 0) {
        const ssize_t count = ::write(descriptor, content.data(), content.size());
        problem = count < 0 && errno != EINTR ? errno : 0;
        content.remove_prefix(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
    // Network file systems report a full disk when the file is closed.
    return ::close(descriptor) != 0 && problem == 0 ? errno : problem;
}

} // namespace

Result<void> writeFileAtomically(const std::filesystem::path& file, std::string_view content) {
    Result<TemporaryFile> temporary = TemporaryFile::createFor(file);
    if (!temporary) {
        return temporary.error();
    }
    if (const int problem = writeTo(temporary->path(), content); problem != 0) {
        return systemError(problem, file, ErrorCode::WriteFailed);
    }
    return temporary->publish();
}

} // namespace timeline
