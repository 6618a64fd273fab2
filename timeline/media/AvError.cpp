#include "timeline/media/AvError.h"

extern "C" {
#include <libavutil/error.h>
}

#include <array>
#include <cerrno>
#include <system_error>

namespace timeline {

namespace {

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

} // namespace

Error systemError(int number, const std::filesystem::path& file, ErrorCode otherwise) {
    return {codeOfErrno(number, otherwise), file.string(), std::generic_category().message(number)};
}

Error avError(int number, const std::filesystem::path& file, ErrorCode otherwise) {
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(number, text.data(), text.size());
    ErrorCode code = otherwise;
    if (number == AVERROR_EXIT) {
        code = ErrorCode::Cancelled;
    } else if (number == AVERROR_DECODER_NOT_FOUND || number == AVERROR_ENCODER_NOT_FOUND) {
        code = ErrorCode::UnsupportedCodec;
    } else if (number == AVERROR_PATCHWELCOME) {
        code = ErrorCode::UnsupportedFormat;
    } else {
        code = codeOfErrno(AVUNERROR(number), otherwise);
    }
    return {code, file.string(), text.data()};
}

} // namespace timeline
