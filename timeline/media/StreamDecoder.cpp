#include "timeline/media/StreamDecoder.h"

#include "timeline/media/AvCompat.h"
#include "timeline/media/AvError.h"
#include "timeline/media/PacketScan.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <algorithm>
#include <limits>
#include <string_view>
#include <thread>

namespace timeline {

namespace {

constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
/// A decoder that takes this many packets without giving a frame does not find its way into the file.
constexpr int kPacketsWithoutFrame = 3000;

/// libavcodec's own VP8 and VP9 decoders leave the alpha plane out; libvpx reads it.
const AVCodec* decoderFor(const AVStream& stream) {
    const AVDictionaryEntry* alpha = av_dict_get(stream.metadata, "alpha_mode", nullptr, 0);
    if (alpha != nullptr && std::string_view(alpha->value) == "1") {
        const bool isVp9 = stream.codecpar->codec_id == AV_CODEC_ID_VP9;
        const bool isVp8 = stream.codecpar->codec_id == AV_CODEC_ID_VP8;
        const char* name = isVp9 ? "libvpx-vp9" : isVp8 ? "libvpx" : nullptr;
        if (const AVCodec* codec = name != nullptr ? avcodec_find_decoder_by_name(name) : nullptr) {
            return codec;
        }
    }
    return avcodec_find_decoder(stream.codecpar->codec_id);
}

} // namespace

StreamDecoder::StreamDecoder(MediaInput input, int stream)
    : m_input(std::move(input)), m_index(stream), m_packet(makeAvPacket()), m_clock(runningClock(m_input, stream)),
      m_trustedFrom(kFirst) {}

Result<StreamDecoder> StreamDecoder::open(MediaInput input, int stream) {
    const bool mayBeSetAnew = hasLooseClock(input);
    const bool isSetAnew = mayBeSetAnew && isClockSetAnew(input, stream);
    input.keepOnly(stream);
    StreamDecoder decoder(std::move(input), stream);
    decoder.m_canSeek = !isSetAnew;
    // The look at the clock has left the beginning.
    const Result<void> opened = mayBeSetAnew ? decoder.restart() : decoder.openCodec();
    return opened ? Result<StreamDecoder>(std::move(decoder)) : Result<StreamDecoder>(opened.error());
}

Result<void> StreamDecoder::openCodec() {
    const AVCodec* codec = decoderFor(stream());
    m_codec.reset(avcodec_alloc_context3(codec));
    if (!m_codec || avcodec_parameters_to_context(m_codec.get(), stream().codecpar) < 0) {
        return Error{ErrorCode::OutOfMemory, m_input.path().string(), {}};
    }
    m_codec->pkt_timebase = stream().time_base;
    m_codec->max_pixels = kMaxPixels;
    m_codec->flags |= AV_CODEC_FLAG_OUTPUT_CORRUPT; // next() chooses
    m_codec->thread_count = static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 4U));
    if (const int result = avcodec_open2(m_codec.get(), codec, nullptr); result < 0) {
        return avError(result, m_input.path(), ErrorCode::UnsupportedCodec);
    }
    return {};
}

AVStream& StreamDecoder::stream() const {
    return *m_input->streams[m_index];
}

int StreamDecoder::next(AVFrame& frame) {
    for (int packets = 0; packets < kPacketsWithoutFrame;) {
        const int received = avcodec_receive_frame(m_codec.get(), &frame);
        if (received == AVERROR_EOF) {
            return received;
        }
        if (received == 0) {
            // FFmpeg's mark for frames that it cannot vouch for. In open GOPs it puts it on sound ones too: those that
            // follow the key frame in the file and are decoded before that one is shown.
            m_isSettled = m_isSettled || m_takesUnsettled || (frame.flags & AV_FRAME_FLAG_CORRUPT) == 0;
            if (m_isSettled) {
                letRunOn(frame);
                return received;
            }
        } else if (received != AVERROR(EAGAIN)) {
            ++m_errors;
            if (m_draining) {
                return AVERROR_EOF;
            }
        }
        if (send() == AVERROR_EXIT) {
            return AVERROR_EXIT;
        }
        ++packets;
    }
    ++m_errors;
    return AVERROR_EOF;
}

void StreamDecoder::letRunOn(AVFrame& frame) {
    const std::int64_t stamp = frame.pts != AV_NOPTS_VALUE ? frame.pts : frame.best_effort_timestamp;
    if (stamp == AV_NOPTS_VALUE) {
        return;
    }
    const bool isSound = frame.nb_samples > 0 && frame.sample_rate > 0;
    const std::int64_t duration =
        isSound ? av_rescale_q(frame.nb_samples, AVRational{1, frame.sample_rate}, stream().time_base)
                : frameDuration(frame);
    const std::int64_t shift = m_clock.shiftFor(stamp, duration);
    frame.pts += frame.pts != AV_NOPTS_VALUE ? shift : 0;
    frame.best_effort_timestamp += frame.best_effort_timestamp != AV_NOPTS_VALUE ? shift : 0;
}

/// Feeds the decoder once: a packet, or the news that there are no more.
int StreamDecoder::send() {
    const int result = read();
    if (result == AVERROR_EXIT) {
        return result;
    }
    if (result < 0) {
        m_cutShort = m_cutShort || result != AVERROR_EOF || isCutShort(m_input, m_index);
        m_errors += m_cutShort ? 1 : 0;
        m_draining = true;
        return avcodec_send_packet(m_codec.get(), nullptr);
    }
    const int sent = avcodec_send_packet(m_codec.get(), m_packet.get());
    m_errors += sent < 0 ? 1 : 0;
    av_packet_unref(m_packet.get());
    return 0;
}

/// The stream's next packet; after a seek, from the first key frame on.
int StreamDecoder::read() {
    for (;;) {
        const int result = av_read_frame(m_input.get(), m_packet.get());
        if (result < 0) {
            return m_input.wasStopped() ? AVERROR_EXIT : result;
        }
        if (m_packet->stream_index == m_index) {
            m_hasStamps = m_hasStamps || m_packet->pts != AV_NOPTS_VALUE;
            m_errors += (m_packet->flags & AV_PKT_FLAG_CORRUPT) != 0 ? 1 : 0;
            m_isEncrypted = m_isEncrypted ||
                            av_packet_get_side_data(m_packet.get(), AV_PKT_DATA_ENCRYPTION_INFO, nullptr) != nullptr;
            const bool isKey = (m_packet->flags & AV_PKT_FLAG_KEY) != 0;
            if (m_waitsForKey && isKey) {
                m_waitsForKey = false;
                // Where only some packets have stamps (MPEG program streams), the others' are guesses after a seek.
                m_trustedFrom = m_packet->pts != AV_NOPTS_VALUE ? m_packet->pts : m_hasStamps ? kLast : m_packet->dts;
            }
            if (!m_waitsForKey) {
                return 0;
            }
        }
        av_packet_unref(m_packet.get());
    }
}

void StreamDecoder::begin(bool waitsForKey) {
    avcodec_flush_buffers(m_codec.get());
    m_waitsForKey = waitsForKey;
    m_trustedFrom = waitsForKey ? kLast : kFirst;
    m_draining = false;
    m_isSettled = false;
    m_clock.forgetPlace();
}

bool StreamDecoder::seekBefore(std::int64_t stamp) {
    // Files without time stamps of their own get guessed ones, which a seek would guess anew.
    if (!canSeek() || (m_input->iformat->flags & AVFMT_NOTIMESTAMPS) != 0 ||
        av_seek_frame(m_input.get(), m_index, stamp, AVSEEK_FLAG_BACKWARD) < 0) {
        return false;
    }
    begin(true);
    return true;
}

Result<void> StreamDecoder::restart() {
    // Only a new start is sure to find the first packet in every format; it costs a few milliseconds.
    Result<MediaInput> input = MediaInput::open(m_input.path(), m_input.stop());
    if (!input) {
        return input.error();
    }
    if (static_cast<unsigned>(m_index) >= (*input)->nb_streams) {
        return Error{ErrorCode::ReadFailed, m_input.path().string(), "changed"};
    }
    input->keepOnly(m_index);
    input->limitReads(m_input.stop());
    m_codec.reset(); // a new one too: not every decoder forgets all when it is flushed
    m_input = std::move(*input);
    if (const auto opened = openCodec(); !opened) {
        return opened;
    }
    begin(false);
    return {};
}

Result<void> StreamDecoder::restartUnsettled() {
    m_takesUnsettled = true;
    return restart();
}

bool isCutShort(const MediaInput& input, int index) {
    AVStream* stream = input->streams[index];
    const int entries = avformat_index_get_entries_count(stream);
    const AVIndexEntry* last = entries > 0 ? avformat_index_get_entry(stream, entries - 1) : nullptr;
    return last != nullptr && last->pos + last->size > input.fileSize();
}

} // namespace timeline
