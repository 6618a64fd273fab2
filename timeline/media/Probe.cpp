#include "timeline/media/Probe.h"

#include "timeline/media/AudioDecoder.h"
#include "timeline/media/AvCompat.h"
#include "timeline/media/ColorTags.h"
#include "timeline/media/FileStamp.h"
#include "timeline/media/FormatNames.h"
#include "timeline/media/FrameConversion.h"
#include "timeline/media/ImageSequence.h"
#include "timeline/media/PacketScan.h"
#include "timeline/media/StillReader.h"
#include "timeline/media/StreamDecoder.h"
#include "timeline/media/StreamRate.h"
#include "timeline/media/VideoDecoder.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <array>
#include <cmath>

namespace timeline {

namespace {

constexpr double kLongest = 1e7; ///< seconds: nobody has 115 days of film

double streamSeconds(const AVFormatContext& context, const AVStream& stream) {
    double seconds = 0.0;
    if (stream.duration != AV_NOPTS_VALUE && stream.duration > 0) {
        seconds = static_cast<double>(stream.duration) * av_q2d(stream.time_base);
    } else if (context.duration != AV_NOPTS_VALUE && context.duration > 0) {
        seconds = static_cast<double>(context.duration) / AV_TIME_BASE;
    }
    return std::isfinite(seconds) && seconds > 0.0 && seconds < kLongest ? seconds : 0.0;
}

void setDisplaySize(VideoStreamInfo& info) {
    const double aspect = static_cast<double>(info.pixelAspectNumerator) / info.pixelAspectDenominator;
    // The side that would shrink stays: no detail is lost.
    const int width = aspect >= 1.0 ? static_cast<int>(std::lround(info.width * aspect)) : info.width;
    const int height = aspect >= 1.0 ? info.height : static_cast<int>(std::lround(info.height / aspect));
    const bool isTurned = info.orientation.quarterTurns % 2 == 1;
    info.displayWidth = isTurned ? height : width;
    info.displayHeight = isTurned ? width : height;
}

void describePicture(VideoStreamInfo& info, const Picture& picture) {
    info.width = picture.width;
    info.height = picture.height;
    info.bitDepth = picture.bitDepth;
    info.color = picture.color;
    info.alpha = picture.alpha;
    info.orientation = picture.orientation;
    info.pixelAspectNumerator = picture.pixelAspectNumerator;
    info.pixelAspectDenominator = picture.pixelAspectDenominator;
}

/// What the container says; the first decoded picture may know better.
VideoStreamInfo videoStreamInfo(MediaInput& input, int index) {
    AVStream& stream = *input->streams[index];
    const AVCodecParameters& codec = *stream.codecpar;
    VideoStreamInfo info;
    info.index = index;
    info.codec = avcodec_get_name(codec.codec_id);
    info.width = codec.width;
    info.height = codec.height;
    info.rate = nominalRate(*input.get(), index);
    const char* format = av_get_pix_fmt_name(static_cast<AVPixelFormat>(codec.format));
    info.pixelFormat = format != nullptr ? format : "";
    info.bitDepth = std::max(bitDepthOfPixelFormat(codec.format), 8);
    info.color = colorDescription(colorTags(codec));
    info.alpha = alphaOfPixelFormat(codec.format);
    info.orientation = orientationOf(streamDisplayMatrix(stream));
    const AVRational aspect = av_guess_sample_aspect_ratio(input.get(), &stream, nullptr);
    if (aspect.num > 0 && aspect.den > 0) {
        info.pixelAspectNumerator = aspect.num;
        info.pixelAspectDenominator = aspect.den;
    }
    info.duration = RationalTime::fromSeconds(streamSeconds(*input.get(), stream), info.rate);
    info.frameCount = stream.nb_frames > 0 ? stream.nb_frames : info.duration.value();
    return info;
}

AudioStreamInfo audioStreamInfo(const MediaInput& input, int index) {
    const AVStream& stream = *input->streams[index];
    const AVCodecParameters& codec = *stream.codecpar;
    std::array<char, 64> layout{};
    av_channel_layout_describe(&codec.ch_layout, layout.data(), layout.size());
    AudioStreamInfo info;
    info.index = index;
    info.codec = avcodec_get_name(codec.codec_id);
    info.sampleRate = codec.sample_rate;
    info.channels = codec.ch_layout.nb_channels;
    info.layout = layout.data();
    info.duration = RationalTime::fromSeconds(streamSeconds(*input.get(), stream), FrameRate(codec.sample_rate));
    return info;
}

OtherStreamInfo otherStreamInfo(const AVStream& stream) {
    const char* kind = av_get_media_type_string(stream.codecpar->codec_type);
    const bool isCover = (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
    return {stream.index,
            isCover           ? "cover"
            : kind != nullptr ? kind
                              : "unknown",
            avcodec_get_name(stream.codecpar->codec_id)};
}

/// Sorts the file's streams into what is seen, heard and neither; the chosen stream of each kind comes first.
void listStreams(MediaInput& input, MediaInfo& info) {
    const std::optional<int> video = input.videoStream();
    const std::optional<int> audio = input.audioStream();
    for (unsigned i = 0; i < input->nb_streams; ++i) {
        const AVStream& stream = *input->streams[i];
        const AVCodecParameters& codec = *stream.codecpar;
        const int index = static_cast<int>(i);
        const bool isDecodable = avcodec_find_decoder(codec.codec_id) != nullptr;
        const bool isCover =
            (stream.disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS)) != 0;
        if (codec.codec_type == AVMEDIA_TYPE_VIDEO && isDecodable && !isCover) {
            info.video.insert(index == video ? info.video.begin() : info.video.end(), videoStreamInfo(input, index));
        } else if (codec.codec_type == AVMEDIA_TYPE_AUDIO && isDecodable && FrameRate::isValid(codec.sample_rate, 1)) {
            info.audio.insert(index == audio ? info.audio.begin() : info.audio.end(), audioStreamInfo(input, index));
        } else {
            info.others.push_back(otherStreamInfo(stream));
        }
    }
}

/// Counts and measures by the packets what the container only claims.
void measure(MediaInput& input, MediaInfo& info, std::stop_token stop) {
    VideoStreamInfo& video = info.video.front();
    const PacketScan scan = scanPackets(input, video.index, std::move(stop));
    video.isVariable = scan.isVariable;
    if (!scan.isComplete || scan.stamps.empty()) {
        return;
    }
    const AVRational tick = input->streams[video.index]->time_base;
    const auto frameTicks =
        static_cast<double>(video.rate.denominator()) / static_cast<double>(video.rate.numerator()) / av_q2d(tick);
    const double last = scan.isVariable && scan.lastDuration > 0 ? static_cast<double>(scan.lastDuration) : frameTicks;
    const double seconds = (static_cast<double>(scan.stamps.back() - scan.stamps.front()) + last) * av_q2d(tick);
    video.frameCount = static_cast<std::int64_t>(scan.stamps.size());
    video.isFrameCountExact = true;
    if (std::isfinite(seconds) && seconds > 0.0 && seconds < kLongest) {
        video.duration =
            RationalTime(std::max<std::int64_t>(RationalTime::fromSeconds(seconds, video.rate).value(), 1), video.rate);
    }
}

/// The length of sound whose clock was set anew: the container reckons with its first and last stamp.
void measureSound(MediaInput& input, MediaInfo& info, std::stop_token stop) {
    AudioStreamInfo& audio = info.audio.front();
    const PacketScan scan = hasLooseClock(input) ? scanPackets(input, audio.index, std::move(stop)) : PacketScan();
    if (scan.isComplete && scan.isSetAnew) {
        const std::int64_t ticks = scan.stamps.back() - scan.stamps.front() + scan.lastDuration;
        const double seconds = static_cast<double>(ticks) * av_q2d(input->streams[audio.index]->time_base);
        audio.duration = RationalTime::fromSeconds(std::min(seconds, kLongest), audio.duration.rate());
    }
}

/// Decodes the first picture: only it tells alpha in VP9, the true size, and whether the stream can be decoded at all.
Result<void> lookAtPicture(MediaInfo& info, std::stop_token stop) {
    const auto decoder = VideoDecoder::open(info.path);
    if (!decoder) {
        return decoder.error();
    }
    const Result<SourcePicture> first = (*decoder)->pictureAtTick(0, std::move(stop));
    if (!first) {
        return first.error();
    }
    VideoStreamInfo& video = info.video.front();
    describePicture(video, *first->picture);
    video.start = RationalTime::fromSeconds((*decoder)->startSeconds(), FrameRate(90000));
    info.isDamaged = info.isDamaged || first->isDamaged;
    return {};
}

Result<MediaInfo> probeFilm(const std::filesystem::path& path, std::stop_token stop) {
    Result<MediaInput> input = MediaInput::open(path, stop);
    if (!input) {
        return input.error();
    }
    MediaInfo info;
    info.path = path;
    info.container = (*input)->iformat->name;
    listStreams(*input, info);
    if (info.video.empty() && info.audio.empty()) {
        const Error video = noVideoError(*input);
        const Error audio = noAudioError(*input);
        const Error& known = video.code != ErrorCode::NoVideoStream ? video : audio;
        return Error{known.code == ErrorCode::NoAudioStream ? ErrorCode::UnsupportedFormat : known.code, path.string(),
                     known.detail};
    }
    info.kind = info.hasVideo() ? MediaKind::Video : MediaKind::Audio;
    for (unsigned i = 0; i < (*input)->nb_streams; ++i) {
        info.isDamaged = info.isDamaged || isCutShort(*input, static_cast<int>(i));
    }
    if (info.hasVideo()) {
        if (const auto seen = lookAtPicture(info, stop); !seen) {
            return seen.error();
        }
        measure(*input, info, std::move(stop));
        for (VideoStreamInfo& video : info.video) {
            setDisplaySize(video);
        }
    }
    if (!info.hasVideo()) {
        constexpr int kAnyRate = 48000;
        if (const auto heard = AudioDecoder::open(path, kAnyRate, 1); !heard) {
            return heard.error();
        }
        measureSound(*input, info, std::move(stop));
    }
    info.duration = info.hasVideo() ? info.video.front().duration : info.audio.front().duration;
    return info;
}

} // namespace

Result<MediaInfo> probe(const std::filesystem::path& path, std::stop_token stop) {
    if (stop.stop_requested()) {
        return Error{ErrorCode::Cancelled, path.string(), {}};
    }
    if (const auto pattern = SequencePattern::parse(path)) {
        return probeSequence(*pattern);
    }
    if (const auto stamp = fileStamp(path); !stamp) {
        return stamp.error();
    }
    Result<MediaInfo> info = !stillFormat(path).empty() ? probeStill(path) : probeFilm(path, std::move(stop));
    if (info) {
        info->extensionLies = !extensionFits(path, info->container);
    }
    return info;
}

} // namespace timeline
