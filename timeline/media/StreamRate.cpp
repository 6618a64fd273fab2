#include "timeline/media/StreamRate.h"

#include "timeline/media/MediaInput.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <string>

namespace timeline {

namespace {

constexpr double kSlowest = 0.01; ///< frames a second: below it, and above kFastest, a rate is a lie
constexpr double kFastest = 1000.0;

bool isSensible(AVRational rate) {
    return rate.num > 0 && rate.den > 0 && av_q2d(rate) >= kSlowest && av_q2d(rate) <= kFastest &&
           FrameRate::isValid(rate.num, rate.den);
}

/// Averages are measured and come out a little beside the true rate (24000/1001 as 4795/200).
FrameRate nearestCommon(AVRational rate) {
    static constexpr AVRational common[] = {
        {24000, 1001}, {24, 1}, {25, 1}, {30000, 1001}, {30, 1},  {48, 1},  {50, 1},       {60000, 1001},
        {60, 1},       {12, 1}, {15, 1}, {10, 1},       {120, 1}, {100, 1}, {48000, 1001}, {120000, 1001}};
    for (const AVRational& known : common) {
        const double ratio = av_q2d(rate) / av_q2d(known);
        if (ratio > 0.9998 && ratio < 1.0002) {
            return FrameRate(known.num, known.den);
        }
    }
    return FrameRate(rate.num, rate.den);
}

Error missingStream(const MediaInput& input, AVMediaType type, ErrorCode none) {
    for (unsigned i = 0; i < input->nb_streams; ++i) {
        const AVStream& stream = *input->streams[i];
        const AVCodecParameters& codec = *stream.codecpar;
        const bool isMeant = codec.codec_type == type && (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0;
        if (isMeant && avcodec_find_decoder(codec.codec_id) == nullptr) {
            const bool isEncrypted =
                codec.codec_tag == MKTAG('e', 'n', 'c', 'v') || codec.codec_tag == MKTAG('e', 'n', 'c', 'a');
            return {isEncrypted ? ErrorCode::Encrypted : ErrorCode::UnsupportedCodec, input.path().string(),
                    avcodec_get_name(codec.codec_id)};
        }
    }
    return {none, input.path().string(), {}};
}

} // namespace

FrameRate nominalRate(AVFormatContext& context, int index) {
    AVStream* stream = context.streams[index];
    const AVRational guessed = av_guess_frame_rate(&context, stream, nullptr);
    for (const AVRational rate : {guessed, stream->avg_frame_rate, stream->r_frame_rate}) {
        if (isSensible(rate)) {
            return nearestCommon(rate);
        }
    }
    return FrameRate(25, 1);
}

Error noVideoError(const MediaInput& input) {
    return missingStream(input, AVMEDIA_TYPE_VIDEO, ErrorCode::NoVideoStream);
}

Error noAudioError(const MediaInput& input) {
    return missingStream(input, AVMEDIA_TYPE_AUDIO, ErrorCode::NoAudioStream);
}

} // namespace timeline
