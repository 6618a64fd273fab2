#include "timeline/media/AudioResampler.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/frame.h>
#include <libavutil/mathematics.h>
#include <libavutil/opt.h>
#include <libavutil/samplefmt.h>
#include <libswresample/swresample.h>
}

#include <algorithm>
#include <array>
#include <numeric>

namespace timeline {

namespace {

constexpr std::int64_t kSilenceChunk = 65536;

/// The frame's layout, or the usual one for its channel count where it names none that can be mixed.
AVChannelLayout mixableLayout(const AVFrame& frame) {
    AVChannelLayout layout{};
    if (frame.ch_layout.order == AV_CHANNEL_ORDER_NATIVE) {
        av_channel_layout_copy(&layout, &frame.ch_layout);
    } else {
        av_channel_layout_default(&layout, frame.ch_layout.nb_channels);
    }
    return layout;
}

/// FFmpeg lowers mono on the way to stereo and sums stereo on the way to mono; an editor keeps the level.
void setPlainMatrix(SwrContext* swr, int inputs, int outputs) {
    if (inputs == 1 && outputs == 2) {
        static constexpr std::array<double, 2> both{1.0, 1.0};
        swr_set_matrix(swr, both.data(), 1);
    } else if (inputs == 2 && outputs == 1) {
        static constexpr std::array<double, 2> mean{0.5, 0.5};
        swr_set_matrix(swr, mean.data(), 2);
    } else if (inputs > 2 && outputs <= 2 && inputs > 8) {
        // Many channels without a known place: the first ones are the main pair.
        std::vector<double> first(static_cast<std::size_t>(inputs * outputs), 0.0);
        for (int i = 0; i < outputs; ++i) {
            first[static_cast<std::size_t>(i * inputs + i)] = 1.0;
        }
        swr_set_matrix(swr, first.data(), inputs);
    }
}

} // namespace

Result<AudioResampler> AudioResampler::create(const AVFrame& frame, int sampleRate, int channels) {
    AudioResampler made;
    made.m_inputRate = frame.sample_rate;
    made.m_inputFormat = frame.format;
    made.m_inputChannels = frame.ch_layout.nb_channels;
    made.m_channels = channels;
    made.m_sampleRate = sampleRate;
    const std::int64_t common = std::gcd(frame.sample_rate, sampleRate);
    made.m_inputStep = frame.sample_rate / std::max<std::int64_t>(common, 1);
    made.m_outputStep = sampleRate / std::max<std::int64_t>(common, 1);
    AVChannelLayout from = mixableLayout(frame);
    AVChannelLayout to{};
    av_channel_layout_default(&to, channels);
    SwrContext* swr = nullptr;
    int result = swr_alloc_set_opts2(&swr, &to, AV_SAMPLE_FMT_FLT, sampleRate, &from,
                                     static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0, nullptr);
    made.m_swr.reset(swr);
    if (result >= 0) {
        av_opt_set_sample_fmt(swr, "internal_sample_fmt", AV_SAMPLE_FMT_FLTP, 0);
        av_opt_set_double(swr, "rematrix_maxval", 1.0, 0); // many channels at full level mixed down do not clip
        setPlainMatrix(swr, from.nb_channels, channels);
        result = swr_init(swr);
    }
    av_channel_layout_uninit(&from);
    if (result < 0 || frame.sample_rate <= 0) {
        return Error{
            ErrorCode::UnsupportedFormat, {}, av_get_sample_fmt_name(static_cast<AVSampleFormat>(frame.format))};
    }
    return made;
}

bool AudioResampler::fits(const AVFrame& frame) const {
    return frame.sample_rate == m_inputRate && frame.format == m_inputFormat &&
           frame.ch_layout.nb_channels == m_inputChannels;
}

void AudioResampler::convert(const std::uint8_t** input, int count, std::vector<float>& out) {
    const std::int64_t most = swr_get_out_samples(m_swr.get(), count);
    const std::size_t before = out.size();
    out.resize(before + static_cast<std::size_t>(std::max<std::int64_t>(most, 0) * m_channels));
    auto* target = reinterpret_cast<std::uint8_t*>(out.data() + before);
    const int made = most > 0 ? swr_convert(m_swr.get(), &target, static_cast<int>(most), input, count) : 0;
    out.resize(before + static_cast<std::size_t>(std::max(made, 0) * m_channels));
}

void AudioResampler::feed(const AVFrame& frame, Samples samples, std::vector<float>& out) {
    const auto format = static_cast<AVSampleFormat>(frame.format);
    const bool isPlanar = av_sample_fmt_is_planar(format) != 0;
    const int planes = isPlanar ? m_inputChannels : 1;
    const std::ptrdiff_t offset =
        static_cast<std::ptrdiff_t>(samples.from) * av_get_bytes_per_sample(format) * (isPlanar ? 1 : m_inputChannels);
    std::vector<const std::uint8_t*> data(static_cast<std::size_t>(planes));
    for (int i = 0; i < planes; ++i) {
        data[static_cast<std::size_t>(i)] = frame.extended_data[i] + offset;
    }
    convert(data.data(), samples.to - samples.from, out);
}

void AudioResampler::feedSilence(std::int64_t count, std::vector<float>& out) {
    // As a frame of the run's format: swr_inject_silence() would leave the conversion out of step with the next call.
    AvFramePtr silence = makeAvFrame();
    silence->format = m_inputFormat;
    silence->sample_rate = m_inputRate;
    silence->nb_samples = static_cast<int>(std::min(count, kSilenceChunk));
    av_channel_layout_default(&silence->ch_layout, m_inputChannels);
    if (count <= 0 || av_frame_get_buffer(silence.get(), 0) < 0) {
        return;
    }
    av_samples_set_silence(silence->extended_data, 0, silence->nb_samples, m_inputChannels,
                           static_cast<AVSampleFormat>(m_inputFormat));
    for (std::int64_t left = count; left > 0; left -= silence->nb_samples) {
        silence->nb_samples = static_cast<int>(std::min(left, kSilenceChunk));
        feed(*silence, {0, silence->nb_samples}, out);
    }
}

void AudioResampler::drain(std::vector<float>& out) {
    std::size_t before = 0;
    do {
        before = out.size();
        convert(nullptr, 0, out);
    } while (out.size() > before);
}

} // namespace timeline
