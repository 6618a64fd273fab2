#include "timeline/media/AvError.h"

#include "timeline/io/SystemError.h"

extern "C" {
#include <libavutil/error.h>
}

#include <array>

namespace timeline {

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
