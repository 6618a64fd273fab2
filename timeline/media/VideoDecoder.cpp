#include "timeline/media/VideoDecoder.h"

#include "timeline/media/AvCompat.h"
#include "timeline/media/AvError.h"
#include "timeline/media/ColorTags.h"
#include "timeline/media/FrameConversion.h"
#include "timeline/media/StreamRate.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <algorithm>
#include <array>
#include <limits>

namespace timeline {

namespace {

constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();

Orientation orientationOfFrame(const AVFrame& frame, const AVStream& stream) {
    const AVFrameSideData* own = av_frame_get_side_data(&frame, AV_FRAME_DATA_DISPLAYMATRIX);
    if (own != nullptr && own->size >= 9 * sizeof(std::int32_t)) {
        return orientationOf(reinterpret_cast<const std::int32_t*>(own->data));
    }
    return orientationOf(streamDisplayMatrix(stream));
}

/// How many ticks too late a stamp may be because the clock cannot express the frame's true time, as in Matroska.
std::int64_t slackOf(AVRational tick, FrameRate rate) {
    const std::int64_t frameTicks = rate.denominator() * tick.den;
    const std::int64_t divisor = rate.numerator() * tick.num;
    const bool isExact = frameTicks % divisor == 0;
    return !isExact && frameTicks / divisor >= 4 ? 1 : 0;
}

std::int64_t secondsInTicks(std::int64_t seconds, AVRational tick) {
    return av_rescale_q(seconds, AVRational{1, 1}, tick);
}

} // namespace

VideoDecoder::VideoDecoder(StreamDecoder decoder, FrameRate rate) : m_decoder(std::move(decoder)), m_rate(rate) {}

VideoDecoder::~VideoDecoder() = default;

Result<std::unique_ptr<VideoDecoder>> VideoDecoder::open(const std::filesystem::path& path) {
    Result<MediaInput> input = MediaInput::open(path);
    if (!input) {
        return input.error();
    }
    const std::optional<int> stream = input->videoStream();
    if (!stream) {
        return noVideoError(*input);
    }
    const FrameRate rate = nominalRate(*input->get(), *stream);
    Result<StreamDecoder> opened = StreamDecoder::open(std::move(*input), *stream);
    if (!opened) {
        return opened.error();
    }
    std::unique_ptr<VideoDecoder> decoder(new VideoDecoder(std::move(*opened), rate));
    if (const auto found = decoder->findFirstFrame(); !found) {
        return found.error();
    }
    return decoder;
}

Result<void> VideoDecoder::findFirstFrame() {
    m_decoder.input().limitOpening({});
    Result<std::optional<Decoded>> first = decode();
    if (m_decoder.isEncrypted()) {
        return error(ErrorCode::Encrypted);
    }
    if (first && !*first && m_decoder.restartUnsettled()) {
        m_decoder.input().limitOpening({});
        first = decode();
    }
    if (first && !*first) {
        return error(m_decoder.wasCutShort() ? ErrorCode::Truncated : ErrorCode::DecodeFailed);
    }
    if (first &&
        (!isSupportedPixelFormat((*first)->frame->format) || !isSupportedMatrix((*first)->frame->colorspace))) {
        return error(ErrorCode::UnsupportedPixelFormat);
    }
    if (first) {
        m_origin = (*first)->stamp;
        m_shown = std::move(*first);
        first = decode();
    }
    if (!first) {
        return m_decoder.input().stopError();
    }
    m_next = std::move(*first);
    m_decoder.input().limitReads({});
    return {};
}

double VideoDecoder::startSeconds() const {
    return static_cast<double>(m_origin) * av_q2d(m_decoder.stream().time_base);
}

std::int64_t VideoDecoder::position() const {
    return m_shown ? m_shown->stamp - m_origin : kFirst;
}

SourceClock VideoDecoder::clock() const {
    const AVRational tick = m_decoder.stream().time_base;
    return {tick.num, tick.den, slackOf(tick, m_rate)};
}

Result<SourcePicture> VideoDecoder::pictureAtTick(std::int64_t tick, std::stop_token stop) {
    if (stop.stop_requested()) {
        return error(ErrorCode::Cancelled);
    }
    m_decoder.input().limitReads(std::move(stop));
    const Result<void> there = goTo(m_origin + std::max<std::int64_t>(tick, 0));
    m_decoder.input().limitReads({});
    if (!there) {
        forgetPlace();
        return there.error();
    }
    return shownPicture();
}

Result<void> VideoDecoder::goTo(std::int64_t stamp) {
    const bool mustSeek = !m_shown || (stamp < m_shown->stamp && m_shown->stamp > m_origin);
    return mustSeek || isWorthSeeking(stamp) ? seekTo(stamp) : runForwardTo(stamp);
}

/// Forward, a seek pays when there is a key frame between here and there.
bool VideoDecoder::isWorthSeeking(std::int64_t stamp) const {
    if (!m_decoder.canSeek() || !m_next || stamp < m_next->stamp) {
        return false;
    }
    AVStream& stream = m_decoder.stream();
    const std::int64_t second = secondsInTicks(1, stream.time_base);
    if (stamp - m_next->stamp < second / 2) {
        return false;
    }
    const int index = av_index_search_timestamp(&stream, stamp, AVSEEK_FLAG_BACKWARD);
    const AVIndexEntry* entry = index >= 0 ? avformat_index_get_entry(&stream, index) : nullptr;
    return entry != nullptr ? entry->timestamp > m_next->stamp : stamp - m_next->stamp > 3 * second;
}

/// Tries key frames further and further back until one leads to the frame that shows at `stamp`.
Result<void> VideoDecoder::seekTo(std::int64_t stamp) {
    static constexpr std::array<int, 5> kSecondsBack{0, 1, 4, 16, 64};
    for (const int back : kSecondsBack) {
        const std::int64_t from = stamp - secondsInTicks(back, m_decoder.stream().time_base);
        if (from <= m_origin) {
            break;
        }
        const Result<bool> found = tryFrom(from, stamp);
        if (!found) {
            return found.error();
        }
        if (*found) {
            return runForwardTo(stamp);
        }
    }
    const Result<void> begun = restart();
    return begun ? runForwardTo(stamp) : begun;
}

/// True when decoding from the key frame before `seekStamp` gives a frame at or before `stamp` that can be trusted.
Result<bool> VideoDecoder::tryFrom(std::int64_t seekStamp, std::int64_t stamp) {
    forgetPlace();
    if (!m_decoder.seekBefore(seekStamp)) {
        return false;
    }
    std::optional<Decoded> trusted;
    while (!trusted) {
        Result<std::optional<Decoded>> decoded = decode();
        if (!decoded) {
            return decoded.error();
        }
        if (!*decoded || m_decoder.trustedFrom() > stamp || (*decoded)->stamp > stamp) {
            return false;
        }
        if ((*decoded)->stamp >= m_decoder.trustedFrom()) {
            trusted = std::move(*decoded);
        }
    }
    m_shown = std::move(trusted);
    Result<std::optional<Decoded>> next = decode();
    if (!next) {
        return next.error();
    }
    m_next = std::move(*next);
    return true;
}

/// From the beginning of the file: always right, however slow.
Result<void> VideoDecoder::restart() {
    forgetPlace();
    if (const auto begun = m_decoder.restart(); !begun) {
        return begun;
    }
    Result<std::optional<Decoded>> first = decode();
    if (!first || !*first) {
        return first ? error(ErrorCode::DecodeFailed) : first.error();
    }
    m_shown = std::move(*first);
    first = decode();
    if (!first) {
        return first.error();
    }
    m_next = std::move(*first);
    return {};
}

Result<void> VideoDecoder::runForwardTo(std::int64_t stamp) {
    while (m_next && m_next->stamp <= stamp) {
        Result<std::optional<Decoded>> next = decode();
        if (!next) {
            return next.error();
        }
        m_shown = std::move(m_next);
        m_next = std::move(*next);
        m_picture.reset();
    }
    return {};
}

/// The next frame in the order of showing; nothing at the end.
Result<std::optional<VideoDecoder::Decoded>> VideoDecoder::decode() {
    AvFramePtr frame = makeAvFrame();
    const int errors = m_decoder.errorCount();
    for (;;) {
        const int result = m_decoder.next(*frame);
        if (result == AVERROR_EXIT) {
            return error(ErrorCode::Cancelled);
        }
        if (result < 0) {
            return std::optional<Decoded>();
        }
        const std::optional<Decoded>& last = m_next ? m_next : m_shown;
        const std::int64_t stamp = stampOf(*frame, last ? std::optional(last->stamp) : std::nullopt);
        if (stamp != AV_NOPTS_VALUE && (!last || stamp > last->stamp)) {
            if (frame->decode_error_flags != 0) {
                m_decoder.noteError();
            }
            const bool isDamaged = m_decoder.errorCount() > errors;
            return std::optional<Decoded>(Decoded{std::move(frame), stamp, isDamaged});
        }
        m_decoder.noteError(); // a clock that stands still or runs back: the frame has no place
    }
}

/// A frame's time stamp. Not FFmpeg's best effort where there is a better one: it mistrusts the stamps after seeks.
/// Streams without any stamps are counted from their beginning.
std::int64_t VideoDecoder::stampOf(const AVFrame& frame, std::optional<std::int64_t> last) const {
    if (frame.pts != AV_NOPTS_VALUE) {
        return frame.pts;
    }
    if (frame.best_effort_timestamp != AV_NOPTS_VALUE) {
        return frame.best_effort_timestamp;
    }
    const AVRational step{static_cast<int>(m_rate.denominator()), static_cast<int>(m_rate.numerator())};
    const bool isFromStart = m_decoder.trustedFrom() == kFirst;
    return last ? *last + av_rescale_q(1, step, m_decoder.stream().time_base) : isFromStart ? 0 : AV_NOPTS_VALUE;
}

void VideoDecoder::forgetPlace() {
    m_shown.reset();
    m_next.reset();
    m_picture.reset();
}

Result<SourcePicture> VideoDecoder::shownPicture() {
    if (!m_picture) {
        Result<Picture> picture = pictureFrom(*m_shown->frame);
        if (!picture) {
            return Error{picture.error().code, m_decoder.input().path().string(), picture.error().detail};
        }
        AVStream& stream = m_decoder.stream();
        picture->orientation = orientationOfFrame(*m_shown->frame, stream);
        const AVRational aspect = av_guess_sample_aspect_ratio(m_decoder.input().get(), &stream, m_shown->frame.get());
        if (aspect.num > 0 && aspect.den > 0) {
            picture->pixelAspectNumerator = aspect.num;
            picture->pixelAspectDenominator = aspect.den;
        }
        m_picture = std::make_shared<const Picture>(std::move(*picture));
    }
    const std::int64_t from = m_shown->stamp <= m_origin ? kFirst : m_shown->stamp - m_origin;
    const std::int64_t until = m_next ? m_next->stamp - m_origin : kLast;
    const bool isCutShort = !m_next && m_decoder.wasCutShort();
    return SourcePicture{m_picture, from, until, m_shown->isDamaged || isCutShort, isCutShort};
}

Error VideoDecoder::error(ErrorCode code) const {
    const char* codec = avcodec_get_name(m_decoder.stream().codecpar->codec_id);
    return {code, m_decoder.input().path().string(), code == ErrorCode::Cancelled ? "" : codec};
}

} // namespace timeline
