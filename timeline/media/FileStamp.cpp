#include "timeline/media/FileStamp.h"

#include "timeline/io/SystemError.h"
#include "timeline/media/ImageSequence.h"

#include <cerrno>
#include <sys/stat.h>

namespace timeline {

Result<FileStamp> fileStamp(const std::filesystem::path& path) {
    const auto sequence = SequencePattern::parse(path);
    const std::filesystem::path looked = sequence ? sequence->folder : path;
    struct stat status{};
    if (::stat(looked.c_str(), &status) != 0) {
        return systemError(errno, path, ErrorCode::ReadFailed);
    }
    if (!sequence && !S_ISREG(status.st_mode)) {
        return Error{ErrorCode::NotAFile, path.string(), {}};
    }
    return FileStamp{path, status.st_dev, status.st_ino, status.st_size,
                     static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec};
}

} // namespace timeline
