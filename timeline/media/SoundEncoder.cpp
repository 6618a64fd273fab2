#include "timeline/media/SoundEncoder.h"

#include "timeline/media/AvError.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/audio_fifo.h>
#include <libavutil/channel_layout.h>
}

#include <algorithm>
#include <cmath>
#include <vector>

namespace timeline {

namespace {

constexpr std::int64_t kBitsPerChannel = 96'000;

struct SoundFormat {
    AVCodecID codec;
    AVSampleFormat samples;
};

SoundFormat formatOf(FilmAudio audio) {
    return audio == FilmAudio::Aac ? SoundFormat{AV_CODEC_ID_AAC, AV_SAMPLE_FMT_FLTP}
                                   : SoundFormat{AV_CODEC_ID_PCM_S24LE, AV_SAMPLE_FMT_S32};
}

/// Interleaved float to the encoder's frame. PCM takes the upper 24 of 32 bits.
void fillFrame(AVFrame& frame, const std::vector<float>& samples, int channels) {
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const std::size_t channel = i % static_cast<std::size_t>(channels);
        const std::size_t at = i / static_cast<std::size_t>(channels);
        if (frame.format == AV_SAMPLE_FMT_FLTP) {
            reinterpret_cast<float*>(frame.extended_data[channel])[at] = samples[i];
        } else {
            constexpr double kScale = 8388608.0; // 2^23
            const double value = std::clamp(std::nearbyint(samples[i] * kScale), -kScale, kScale - 1.0);
            reinterpret_cast<std::int32_t*>(frame.extended_data[0])[i] = static_cast<std::int32_t>(value) * 256;
        }
    }
}

} // namespace

Result<SoundEncoder> SoundEncoder::open(Muxer& muxer, const FilmSettings& settings) {
    const SoundFormat format = formatOf(settings.audio);
    const AVCodec* codec = avcodec_find_encoder(format.codec);
    if (codec == nullptr) {
        return Error{ErrorCode::UnsupportedCodec, {}, avcodec_get_name(format.codec)};
    }
    SoundEncoder sound;
    sound.m_channels = settings.channels;
    sound.m_codec.reset(avcodec_alloc_context3(codec));
    AVCodecContext& context = *sound.m_codec;
    context.sample_fmt = format.samples;
    context.sample_rate = settings.sampleRate;
    context.time_base = {1, settings.sampleRate};
    context.bit_rate = kBitsPerChannel * settings.channels;
    context.bits_per_raw_sample = settings.audio == FilmAudio::Aac ? 0 : 24;
    av_channel_layout_default(&context.ch_layout, settings.channels);
    if (muxer.wantsGlobalHeaders()) {
        context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    }
    if (const int result = avcodec_open2(&context, codec, nullptr); result < 0) {
        return avError(result, {}, ErrorCode::EncodeFailed);
    }
    // PCM takes any length; a fiftieth of a second is a whole number of Matroska's milliseconds.
    sound.m_frameSize = context.frame_size > 0 ? context.frame_size : std::max(settings.sampleRate / 50, 1);
    sound.m_fifo.reset(av_audio_fifo_alloc(AV_SAMPLE_FMT_FLT, settings.channels, sound.m_frameSize));
    const Result<int> stream = muxer.addStream(context);
    if (!stream || !sound.m_fifo) {
        return stream ? Error{ErrorCode::OutOfMemory, {}, {}} : stream.error();
    }
    sound.m_stream = *stream;
    return sound;
}

Result<void> SoundEncoder::append(std::span<const float> samples) {
    // Beyond full level encoders of floats answer with noise of their own; all others cut it off.
    std::vector<float> legal(samples.size());
    std::ranges::transform(samples, legal.begin(),
                           [](float sample) { return std::isfinite(sample) ? std::clamp(sample, -1.0F, 1.0F) : 0.0F; });
    void* data = legal.data();
    const int count = static_cast<int>(legal.size()) / m_channels;
    return av_audio_fifo_write(m_fifo.get(), &data, count) == count
               ? Result<void>()
               : Result<void>(Error{ErrorCode::OutOfMemory, {}, {}});
}

Result<void> SoundEncoder::encodeUpTo(Muxer& muxer, std::int64_t end) {
    while (av_audio_fifo_size(m_fifo.get()) >= m_frameSize && m_encoded + m_frameSize <= end) {
        if (const auto encoded = encodeFrame(muxer, m_frameSize); !encoded) {
            return encoded;
        }
    }
    return {};
}

Result<void> SoundEncoder::finish(Muxer& muxer, std::int64_t end) {
    while (m_encoded < end) {
        const int count = static_cast<int>(std::min<std::int64_t>(m_frameSize, end - m_encoded));
        if (const int missing = count - av_audio_fifo_size(m_fifo.get()); missing > 0) {
            const std::vector<float> silence(static_cast<std::size_t>(missing * m_channels), 0.0F);
            if (const auto filled = append(silence); !filled) {
                return filled;
            }
        }
        if (const auto encoded = encodeFrame(muxer, count); !encoded) {
            return encoded;
        }
    }
    return muxer.encode(*m_codec, nullptr, m_stream, end);
}

Result<void> SoundEncoder::encodeFrame(Muxer& muxer, int count) {
    std::vector<float> samples(static_cast<std::size_t>(count * m_channels));
    void* data = samples.data();
    av_audio_fifo_read(m_fifo.get(), &data, count);
    const AvFramePtr frame = makeAvFrame();
    frame->format = m_codec->sample_fmt;
    frame->sample_rate = m_codec->sample_rate;
    frame->nb_samples = count;
    av_channel_layout_copy(&frame->ch_layout, &m_codec->ch_layout);
    if (av_frame_get_buffer(frame.get(), 0) < 0) {
        return Error{ErrorCode::OutOfMemory, {}, {}};
    }
    fillFrame(*frame, samples, m_channels);
    frame->pts = m_encoded;
    m_encoded += count;
    return muxer.encode(*m_codec, frame.get(), m_stream, 0);
}

} // namespace timeline
