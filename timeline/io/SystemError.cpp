#include "timeline/io/SystemError.h"

#include <cerrno>
#include <system_error>

namespace timeline {

ErrorCode codeOfErrno(int number, ErrorCode otherwise) {
    switch (number) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
        return ErrorCode::FileNotFound;
    case EACCES:
    case EPERM:
    case EROFS:
        return ErrorCode::PermissionDenied;
    case EISDIR:
    case ELOOP:
    case ENXIO: // a pipe or socket without its other end
        return ErrorCode::NotAFile;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return ErrorCode::DiskFull;
    case ENOMEM:
        return ErrorCode::OutOfMemory;
    default:
        return otherwise;
    }
}

Error systemError(int number, const std::filesystem::path& file, ErrorCode otherwise) {
    return {codeOfErrno(number, otherwise), file.string(), std::generic_category().message(number)};
}

} // namespace timeline
