#include "timeline/media/Muxer.h"

#include "timeline/media/AvError.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <algorithm>
#include <numeric>
#include <string>

namespace timeline {

namespace {

/// A clock in which all streams' times are whole: MP4 says in it where streams begin and end. Its usual thousandths of
/// a second would cut sound off.
long long commonClock(const AVFormatContext& context) {
    constexpr long long kFinest = 100'000'000;
    long long clock = 1;
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        clock = std::lcm(clock, static_cast<long long>(context.streams[i]->time_base.den));
    }
    return clock >= 1000 && clock <= kFinest ? clock : 90'000;
}

} // namespace

Muxer::Muxer(std::filesystem::path file, AvOutputPtr context)
    : m_file(std::move(file)), m_context(std::move(context)), m_packet(makeAvPacket()) {}

Result<Muxer> Muxer::open(const std::filesystem::path& file, const char* container) {
    const std::string url = "file:" + file.string();
    AVFormatContext* context = nullptr;
    int result = avformat_alloc_output_context2(&context, nullptr, container, url.c_str());
    AvOutputPtr owned(context);
    if (result >= 0) {
        context->flags |= AVFMT_FLAG_BITEXACT; // the same film twice is the same file: no random ids, no dates
        result = avio_open(&context->pb, url.c_str(), AVIO_FLAG_WRITE);
    }
    return result < 0 ? Result<Muxer>(avError(result, file, ErrorCode::WriteFailed))
                      : Result<Muxer>(Muxer(file, std::move(owned)));
}

bool Muxer::wantsGlobalHeaders() const {
    return (m_context->oformat->flags & AVFMT_GLOBALHEADER) != 0;
}

/// A write that failed, or one that was put off and failed meanwhile.
Result<void> Muxer::check(int result) const {
    const int problem = result < 0 ? result : m_context->pb != nullptr ? std::min(m_context->pb->error, 0) : 0;
    return problem < 0 ? Result<void>(avError(problem, m_file, ErrorCode::WriteFailed)) : Result<void>();
}

Result<int> Muxer::addStream(const AVCodecContext& codec) {
    AVStream* stream = avformat_new_stream(m_context.get(), nullptr);
    if (stream == nullptr || avcodec_parameters_from_context(stream->codecpar, &codec) < 0) {
        return Error{ErrorCode::OutOfMemory, m_file.string(), {}};
    }
    stream->time_base = codec.time_base;
    stream->avg_frame_rate = codec.framerate;
    stream->sample_aspect_ratio = codec.sample_aspect_ratio;
    return stream->index;
}

Result<void> Muxer::writeHeader() {
    AvOptions options;
    options.set("movflags", "+faststart+write_colr");
    options.set("movie_timescale", commonClock(*m_context));
    return check(avformat_write_header(m_context.get(), options.address()));
}

Result<void> Muxer::encode(AVCodecContext& codec, const AVFrame* frame, int index, std::int64_t end) {
    int result = avcodec_send_frame(&codec, frame);
    while (result >= 0) {
        result = avcodec_receive_packet(&codec, m_packet.get());
        if (result < 0) {
            break;
        }
        m_packet->stream_index = index;
        if (codec.codec_type == AVMEDIA_TYPE_VIDEO) {
            m_packet->duration = 1; // x264 leaves it out, and the last frame would have no length
        } else if (frame == nullptr && end - m_packet->pts < m_packet->duration) {
            m_packet->duration = std::max<std::int64_t>(end - m_packet->pts, 0);
        }
        // The muxer may have chosen another clock than it was offered.
        av_packet_rescale_ts(m_packet.get(), codec.time_base, m_context->streams[index]->time_base);
        if (const auto written = check(av_interleaved_write_frame(m_context.get(), m_packet.get())); !written) {
            return written;
        }
    }
    if (result != AVERROR(EAGAIN) && result != AVERROR_EOF) {
        return avError(result, m_file, ErrorCode::EncodeFailed);
    }
    return {};
}

Result<void> Muxer::finish() {
    if (const auto written = check(av_write_trailer(m_context.get())); !written) {
        return written;
    }
    avio_flush(m_context->pb);
    if (const auto flushed = check(0); !flushed) {
        return flushed;
    }
    return check(avio_closep(&m_context->pb));
}

} // namespace timeline
