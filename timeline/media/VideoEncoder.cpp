#include "timeline/media/VideoEncoder.h"

#include "timeline/io/TemporaryFile.h"
#include "timeline/media/AvError.h"
#include "timeline/media/ColorTags.h"
#include "timeline/media/Muxer.h"
#include "timeline/media/SoundEncoder.h"
#include "timeline/media/YuvConversion.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <algorithm>
#include <optional>

namespace timeline {

namespace {

constexpr int kLargest = 16384;

struct PictureFormat {
    const char* codec;
    AVPixelFormat pixels;
    int sizeStep; ///< width and height are multiples of it
};

PictureFormat formatOf(FilmVideo video) {
    switch (video) {
    case FilmVideo::H264:
        return {"libx264", AV_PIX_FMT_YUV420P, 2};
    case FilmVideo::Ffv1Rgb:
        return {"ffv1", AV_PIX_FMT_GBRP16LE, 1};
    case FilmVideo::Ffv1Yuv444p10:
        break;
    }
    return {"ffv1", AV_PIX_FMT_YUV444P10LE, 1};
}

int roundedUp(int size, int step) {
    return (size + step - 1) / step * step;
}

bool isValid(const FilmSettings& settings) {
    const bool hasSound = settings.audio != FilmAudio::None;
    return settings.width >= 1 && settings.height >= 1 && settings.width <= kLargest && settings.height <= kLargest &&
           settings.crf >= 0 && settings.crf <= 51 &&
           (!hasSound || (settings.channels >= 1 && settings.channels <= 2 && settings.sampleRate >= 8000 &&
                          settings.sampleRate <= 192000)) &&
           !(settings.container == FilmContainer::Mp4 && settings.audio == FilmAudio::Pcm24);
}

void setCodecOptions(AVCodecContext& codec, const FilmSettings& settings, AvOptions& options) {
    if (settings.video == FilmVideo::H264) {
        options.set("preset", settings.speed.c_str());
        options.set("crf", settings.crf);
        options.set("profile", "high");
        codec.gop_size = static_cast<int>(std::clamp<std::int64_t>(settings.rate.nominal() * 2, 1, 250));
        return;
    }
    options.set("level", 3);
    options.set("slicecrc", 1);
    options.set("coder", "range_tab");
    codec.gop_size = 1; // every frame stands alone: seeking and damage cost one frame
    codec.slices = 4;
    codec.thread_type = FF_THREAD_SLICE;
    codec.bits_per_raw_sample = settings.video == FilmVideo::Ffv1Rgb ? 16 : 10;
}

} // namespace

class VideoEncoder::Engine {
public:
    Engine(TemporaryFile file, Muxer muxer, FilmSettings settings)
        : m_file(std::move(file)), m_settings(std::move(settings)), m_muxer(std::move(muxer)) {}

    Result<void> start();
    Result<void> writeFrame(const CodedFrame& picture);
    Result<void> writeAudio(std::span<const float> samples);
    Result<void> finish();
    int codedWidth() const { return m_codec->width; }
    int codedHeight() const { return m_codec->height; }

private:
    Result<void> openPictures();
    /// Samples of sound that belong to the frames so far: the exact number, rounded down.
    std::int64_t soundEnd() const {
        return av_rescale_rnd(m_frames * m_settings.rate.denominator(), m_settings.sampleRate,
                              m_settings.rate.numerator(), AV_ROUND_DOWN);
    }

    TemporaryFile m_file;
    FilmSettings m_settings;
    Muxer m_muxer;
    AvCodecPtr m_codec;
    int m_stream = 0;
    std::optional<SoundEncoder> m_sound;
    std::int64_t m_frames = 0;
    bool m_isOver = false; ///< finished or failed
};

Result<void> VideoEncoder::Engine::openPictures() {
    const PictureFormat format = formatOf(m_settings.video);
    const AVCodec* codec = avcodec_find_encoder_by_name(format.codec);
    m_codec.reset(codec != nullptr ? avcodec_alloc_context3(codec) : nullptr);
    if (!m_codec) {
        return Error{ErrorCode::UnsupportedCodec, {}, format.codec};
    }
    AVCodecContext& context = *m_codec;
    context.width = roundedUp(m_settings.width, format.sizeStep);
    context.height = roundedUp(m_settings.height, format.sizeStep);
    context.pix_fmt = format.pixels;
    context.time_base = {static_cast<int>(m_settings.rate.denominator()),
                         static_cast<int>(m_settings.rate.numerator())};
    context.framerate = {static_cast<int>(m_settings.rate.numerator()),
                         static_cast<int>(m_settings.rate.denominator())};
    context.sample_aspect_ratio = {1, 1};
    tagAsRec709(context);
    if (m_muxer.wantsGlobalHeaders()) {
        context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    }
    AvOptions options;
    setCodecOptions(context, m_settings, options);
    if (const int result = avcodec_open2(&context, codec, options.address()); result < 0) {
        return avError(result, {}, ErrorCode::EncodeFailed);
    }
    const Result<int> stream = m_muxer.addStream(context);
    if (!stream) {
        return stream.error();
    }
    m_stream = *stream;
    return {};
}

Result<void> VideoEncoder::Engine::start() {
    if (const auto opened = openPictures(); !opened) {
        return opened;
    }
    if (m_settings.audio != FilmAudio::None) {
        Result<SoundEncoder> sound = SoundEncoder::open(m_muxer, m_settings);
        if (!sound) {
            return sound.error();
        }
        m_sound = std::move(*sound);
    }
    for (const auto& [key, value] : m_settings.metadata) {
        av_dict_set(&m_muxer->metadata, key.c_str(), value.c_str(), 0);
    }
    return m_muxer.writeHeader();
}

Result<void> VideoEncoder::Engine::writeFrame(const CodedFrame& picture) {
    const auto samples = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) *
                         static_cast<std::size_t>(std::max(picture.channels, 0));
    if (m_isOver || picture.width != m_settings.width || picture.height != m_settings.height ||
        (picture.channels != 3 && picture.channels != 4) || picture.samples.size() != samples) {
        return Error{
            ErrorCode::InvalidArgument, {}, std::to_string(picture.width) + "x" + std::to_string(picture.height)};
    }
    const AvFramePtr frame = makeAvFrame();
    frame->format = m_codec->pix_fmt;
    frame->width = m_codec->width;
    frame->height = m_codec->height;
    if (av_frame_get_buffer(frame.get(), 0) < 0) {
        return Error{ErrorCode::OutOfMemory, {}, {}};
    }
    m_settings.video == FilmVideo::Ffv1Rgb ? fillRgb(*frame, picture) : fillYuv(*frame, picture);
    tagAsRec709(*frame);
    frame->pts = m_frames++;
    if (const auto encoded = m_muxer.encode(*m_codec, frame.get(), m_stream, 0); !encoded) {
        return encoded;
    }
    return m_sound ? m_sound->encodeUpTo(m_muxer, soundEnd()) : Result<void>();
}

Result<void> VideoEncoder::Engine::writeAudio(std::span<const float> samples) {
    if (m_isOver || !m_sound || samples.size() % static_cast<std::size_t>(m_settings.channels) != 0) {
        return Error{ErrorCode::InvalidArgument, {}, std::to_string(samples.size())};
    }
    const Result<void> kept = m_sound->append(samples);
    return kept ? m_sound->encodeUpTo(m_muxer, soundEnd()) : kept;
}

Result<void> VideoEncoder::Engine::finish() {
    if (m_isOver || m_frames == 0) {
        return Error{ErrorCode::InvalidArgument, {}, std::to_string(m_frames)};
    }
    m_isOver = true;
    if (const auto drained = m_muxer.encode(*m_codec, nullptr, m_stream, m_frames); !drained) {
        return drained;
    }
    if (m_sound) {
        if (const auto ended = m_sound->finish(m_muxer, soundEnd()); !ended) {
            return ended;
        }
    }
    const Result<void> closed = m_muxer.finish();
    return closed ? m_file.publish() : closed;
}

VideoEncoder::VideoEncoder(std::filesystem::path file, std::unique_ptr<Engine> engine)
    : m_file(std::move(file)), m_engine(std::move(engine)) {}
VideoEncoder::~VideoEncoder() = default;

Result<std::unique_ptr<VideoEncoder>> VideoEncoder::open(const std::filesystem::path& file,
                                                         const FilmSettings& settings) {
    av_log_set_level(AV_LOG_FATAL); // what goes wrong is in our results, not on the terminal
    if (!isValid(settings)) {
        return Error{ErrorCode::InvalidArgument, file.string(),
                     std::to_string(settings.width) + "x" + std::to_string(settings.height)};
    }
    Result<TemporaryFile> temporary = TemporaryFile::createFor(file);
    if (!temporary) {
        return temporary.error();
    }
    Result<Muxer> muxer = Muxer::open(temporary->path(), settings.container == FilmContainer::Mp4 ? "mp4" : "matroska");
    if (!muxer) {
        return Error{muxer.error().code, file.string(), muxer.error().detail};
    }
    auto engine = std::make_unique<Engine>(std::move(*temporary), std::move(*muxer), settings);
    std::unique_ptr<VideoEncoder> encoder(new VideoEncoder(file, std::move(engine)));
    const Result<void> started = encoder->about(encoder->m_engine->start());
    return started ? Result<std::unique_ptr<VideoEncoder>>(std::move(encoder))
                   : Result<std::unique_ptr<VideoEncoder>>(started.error());
}

/// Errors name the film, not the temporary file.
Result<void> VideoEncoder::about(Result<void> result) const {
    return result ? result : Result<void>(Error{result.error().code, m_file.string(), result.error().detail});
}

Result<void> VideoEncoder::writeFrame(const CodedFrame& frame) {
    return about(m_engine->writeFrame(frame));
}
Result<void> VideoEncoder::writeAudio(std::span<const float> samples) {
    return about(m_engine->writeAudio(samples));
}
Result<void> VideoEncoder::finish() {
    return about(m_engine->finish());
}
int VideoEncoder::codedWidth() const {
    return m_engine->codedWidth();
}
int VideoEncoder::codedHeight() const {
    return m_engine->codedHeight();
}

} // namespace timeline
