#include "timeline/media/AudioDecoder.h"

#include "timeline/media/AudioResampler.h"
#include "timeline/media/AvCompat.h"
#include "timeline/media/AvError.h"
#include "timeline/media/StreamDecoder.h"
#include "timeline/media/StreamRate.h"
#include "timeline/media/VideoDecoder.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/mathematics.h>
}

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

namespace timeline {

namespace {

constexpr int kLowestRate = 8000;
constexpr int kHighestRate = 384000;
/// What decoders and resampler need before the first sample that counts: MP3's reservoir, Opus' 80 ms, filters.
constexpr double kWarmUp = 0.2;
/// How far before that sample to look for a place to start from.
constexpr std::array<double, 2> kPreroll{0.5, 8.0};
constexpr double kCheckpointDistance = 1.0;
constexpr double kJitter = 0.03;       ///< of time stamps, in seconds, that is no gap
constexpr double kLongestGap = 120.0;  ///< beyond it a time stamp is a lie
constexpr double kForwardRun = 2.0;    ///< decoding on is cheaper than seeking
constexpr double kFarCheckpoint = 8.0; ///< from further away, the grid of frames is cheaper than counting on

/// Codecs whose frames are equally long, from the first one's end on.
bool hasEqualFrames(AVCodecID codec) {
    constexpr std::array codecs{AV_CODEC_ID_AAC,  AV_CODEC_ID_MP3, AV_CODEC_ID_MP2,  AV_CODEC_ID_AC3,
                                AV_CODEC_ID_EAC3, AV_CODEC_ID_DTS, AV_CODEC_ID_OPUS, AV_CODEC_ID_FLAC};
    return std::find(codecs.begin(), codecs.end(), codec) != codecs.end();
}

/// Not FFmpeg's best effort where there is a better one: it mistrusts the stamps after seeks.
std::int64_t stampOf(const AVFrame& frame) {
    return frame.pts != AV_NOPTS_VALUE ? frame.pts : frame.best_effort_timestamp;
}

} // namespace

/// Input positions are samples at the stream's first rate since the file's time 0; output positions samples at the
/// asked rate since then.
class AudioDecoder::Engine {
public:
    Engine(StreamDecoder decoder, int sampleRate, int channels)
        : m_decoder(std::move(decoder)), m_sampleRate(sampleRate), m_channels(channels), m_frame(makeAvFrame()) {}

    Result<void> open(std::optional<double> pictureStart);
    Result<std::vector<float>> read(std::int64_t start, std::int64_t count, std::stop_token stop);
    std::optional<std::int64_t> length() const {
        return m_atEnd ? std::optional(std::max<std::int64_t>(bufferEnd(), 0)) : std::nullopt;
    }
    int sampleRate() const { return m_sampleRate; }
    int channels() const { return m_channels; }
    bool wasDamaged() const { return m_decoder.errorCount() > m_pardoned; }
    bool wasCutShort() const { return m_decoder.wasCutShort(); }

private:
    /// A frame's stamp and its exact place, found by counting from the beginning.
    struct Checkpoint {
        std::int64_t stamp;
        std::int64_t position;
    };

    std::int64_t bufferEnd() const { return m_bufferStart + static_cast<std::int64_t>(m_buffer.size()) / m_channels; }
    AVRational tick() const { return m_decoder.stream().time_base; }
    const std::filesystem::path& path() const { return m_decoder.input().path(); }
    std::int64_t positionOf(std::int64_t stamp, int rate) const {
        return std::llround((static_cast<double>(stamp) * av_q2d(tick()) - m_origin) * rate);
    }
    Result<void> goTo(std::int64_t outputStart);
    Result<bool> seek(std::int64_t outputStart, double preroll);
    Result<void> restart();
    void forgetPlace(bool isBeginning);
    Result<void> step();
    void take(const AVFrame& frame);
    std::int64_t placeOf(const AVFrame& frame);
    bool landOnGrid(const AVFrame& frame);
    std::optional<std::int64_t> gridPlace(const AVFrame& frame) const;
    void noteCheckpoint(std::int64_t stamp, std::int64_t position, int rate);
    void begin(std::int64_t position, const AVFrame& frame);
    int heardSamples(const AVFrame& frame) const;
    void append(const AVFrame& frame, std::int64_t position);
    void endRun();
    void commit();

    StreamDecoder m_decoder;
    int m_sampleRate;
    int m_channels;
    AvFramePtr m_frame;
    double m_origin = 0.0;        ///< the file's time 0 on its own clock, in seconds
    bool m_countsSamples = false; ///< the clock is too coarse to tell a sample
    bool m_trustsDurations = false;
    std::vector<Checkpoint> m_checkpoints;
    std::optional<Checkpoint> m_wanted; ///< after a seek: frames before it are dropped
    /// Where a clock too coarse for samples tells frames apart at least: frames begin here and every so many samples.
    std::optional<std::int64_t> m_gridStart;
    bool m_seeksGrid = false; ///< after a seek: the frames met tell where they lie on the grid
    int m_gridSamples = 0;    ///< of the first frame met then
    bool m_isOffGrid = false; ///< they do not
    std::optional<AudioResampler> m_resampler;
    std::optional<std::int64_t> m_next; ///< input position after the last sample; nothing after a seek
    bool m_padsStart = true;            ///< a run's first step is filled with silence; after a seek it is left out
    bool m_atEnd = false;
    bool m_mustSeek = false;     ///< a read was cut short
    int m_pardoned = 0;          ///< errors of a decoder that began in the midst of things
    std::vector<float> m_made;   ///< by the resampler, not yet in the buffer
    std::int64_t m_skipMade = 0; ///< samples at the start of a run that the run before already gave
    std::int64_t m_bufferStart = 0;
    std::int64_t m_soundFrom = 0; ///< what lies in the buffer before it came out of a cold decoder
    std::vector<float> m_buffer;
};

Result<void> AudioDecoder::Engine::open(std::optional<double> pictureStart) {
    const AVStream& stream = m_decoder.stream();
    MediaInput& input = m_decoder.input();
    // Ogg's pages carry the time of their end only: after a seek the first samples' time is a guess.
    m_countsSamples = av_q2d(stream.time_base) * stream.codecpar->sample_rate > 1.0 ||
                      std::string_view(input->iformat->name) == "ogg";
    m_trustsDurations = std::string_view(input->iformat->name).starts_with("mov");
    input.limitOpening({});
    const int first = m_decoder.next(*m_frame);
    if (m_decoder.isEncrypted()) {
        return Error{ErrorCode::Encrypted, path().string(), avcodec_get_name(stream.codecpar->codec_id)};
    }
    if (first == AVERROR_EXIT) {
        return input.stopError();
    }
    if (first < 0) {
        return avError(first, path(), m_decoder.wasCutShort() ? ErrorCode::Truncated : ErrorCode::DecodeFailed);
    }
    input.limitReads({});
    const std::int64_t stamp = stampOf(*m_frame);
    m_origin =
        pictureStart.value_or(stamp != AV_NOPTS_VALUE ? static_cast<double>(stamp) * av_q2d(stream.time_base) : 0.0);
    take(*m_frame);
    const bool isOgg = std::string_view(input->iformat->name) == "ogg";
    if (m_countsSamples && !isOgg && hasEqualFrames(stream.codecpar->codec_id)) {
        m_gridStart = m_next;
    }
    return m_resampler ? Result<void>() : Result<void>(Error{ErrorCode::DecodeFailed, path().string(), {}});
}

Result<std::vector<float>> AudioDecoder::Engine::read(std::int64_t start, std::int64_t count, std::stop_token stop) {
    if (stop.stop_requested()) { // nothing may have to be read from the file
        return Error{ErrorCode::Cancelled, path().string(), {}};
    }
    std::vector<float> out(static_cast<std::size_t>(count * m_channels), 0.0F);
    const std::int64_t end = start + count;
    const std::int64_t first = std::max<std::int64_t>(start, 0);
    if (first >= end) {
        return out;
    }
    m_decoder.input().limitReads(std::move(stop));
    const auto reach = m_decoder.canSeek() ? static_cast<std::int64_t>(kForwardRun * m_sampleRate)
                                           : std::numeric_limits<std::int64_t>::max() / 2;
    const bool isInReach = first >= std::max(m_bufferStart, m_soundFrom) && (m_atEnd || first <= bufferEnd() + reach);
    if (m_mustSeek || !isInReach) {
        if (const auto there = goTo(first); !there) {
            m_mustSeek = true;
            return there.error();
        }
    }
    while (bufferEnd() < end && !m_atEnd) {
        if (const auto stepped = step(); !stepped) {
            return stepped.error();
        }
        // What lies before the range is not asked for any more.
        if (const std::int64_t stale = std::min(first, bufferEnd()) - m_bufferStart; stale > m_sampleRate) {
            m_buffer.erase(m_buffer.begin(), m_buffer.begin() + stale * m_channels);
            m_bufferStart += stale;
        }
    }
    const std::int64_t from = std::max(first, m_bufferStart);
    const std::int64_t to = std::min(end, bufferEnd());
    if (from < to) {
        std::copy_n(m_buffer.begin() + (from - m_bufferStart) * m_channels, (to - from) * m_channels,
                    out.begin() + (from - start) * m_channels);
    }
    return out;
}

/// Goes to a place from which decoding gives the samples from `outputStart` on, exactly.
Result<void> AudioDecoder::Engine::goTo(std::int64_t outputStart) {
    const int errors = m_decoder.errorCount();
    m_isOffGrid = false;
    for (const double preroll : kPreroll) {
        Result<bool> sought = seek(outputStart, preroll);
        while (sought && *sought && m_buffer.empty() && !m_atEnd && !m_isOffGrid) {
            if (const auto stepped = step(); !stepped) {
                return stepped;
            }
        }
        if (!sought) {
            return sought.error();
        }
        if (*sought && !m_buffer.empty() && m_bufferStart <= outputStart - std::llround(kWarmUp * m_sampleRate)) {
            m_soundFrom = outputStart;
            m_pardoned += m_decoder.errorCount() - errors;
            return {};
        }
    }
    return restart();
}

/// False when it takes a start from the beginning.
Result<bool> AudioDecoder::Engine::seek(std::int64_t outputStart, double preroll) {
    const double seconds = static_cast<double>(outputStart) / m_sampleRate - preroll;
    const int rate = m_decoder.stream().codecpar->sample_rate;
    std::int64_t stamp = std::llround((seconds + m_origin) / av_q2d(tick()));
    std::optional<Checkpoint> wanted;
    bool usesGrid = false;
    if (m_countsSamples) {
        const auto position = static_cast<std::int64_t>(seconds * rate);
        const auto after = std::partition_point(m_checkpoints.begin(), m_checkpoints.end(),
                                                [position](const Checkpoint& at) { return at.position <= position; });
        const bool isKnown = after - m_checkpoints.begin() >= 2;
        const bool isNear =
            isKnown && static_cast<double>(position - std::prev(after)->position) < kFarCheckpoint * rate;
        usesGrid = !isNear && m_gridStart && !m_isOffGrid;
        if (!usesGrid && !isKnown) {
            return false;
        }
        if (!usesGrid) {
            wanted = *std::prev(after);
            stamp = std::prev(after, 2)->stamp; // the one before it warms the decoder up
        }
    }
    if (seconds <= 0.0 || !m_decoder.seekBefore(stamp)) {
        return m_decoder.input().wasStopped() ? Result<bool>(Error{ErrorCode::Cancelled, path().string(), {}}) : false;
    }
    forgetPlace(false);
    m_wanted = wanted;
    m_seeksGrid = usesGrid;
    return true;
}

Result<void> AudioDecoder::Engine::restart() {
    const Result<void> begun = m_decoder.restart();
    forgetPlace(true);
    return begun;
}

void AudioDecoder::Engine::forgetPlace(bool isBeginning) {
    m_wanted.reset();
    m_seeksGrid = false;
    m_gridSamples = 0;
    m_resampler.reset();
    m_next.reset();
    m_buffer.clear();
    m_made.clear();
    m_bufferStart = 0;
    m_soundFrom = 0;
    m_skipMade = 0;
    m_padsStart = isBeginning;
    m_atEnd = m_mustSeek = false;
}

/// Decodes one frame into the buffer, or finds the end.
Result<void> AudioDecoder::Engine::step() {
    const int result = m_decoder.next(*m_frame);
    if (result == AVERROR_EXIT) {
        m_mustSeek = true;
        return avError(result, path(), ErrorCode::Cancelled);
    }
    if (result < 0) {
        endRun();
        m_atEnd = true;
        return {};
    }
    take(*m_frame);
    return {};
}

void AudioDecoder::Engine::take(const AVFrame& frame) {
    if (frame.nb_samples <= 0 || frame.sample_rate <= 0 || frame.ch_layout.nb_channels <= 0) {
        m_decoder.noteError();
        return;
    }
    if (m_wanted) {
        if (stampOf(frame) < m_wanted->stamp) {
            return;
        }
        if (stampOf(frame) == m_wanted->stamp) {
            m_next = m_wanted->position;
        }
        m_wanted.reset();
    }
    if (m_seeksGrid && !landOnGrid(frame)) {
        return;
    }
    if (m_resampler && !m_resampler->fits(frame)) {
        const std::int64_t rate = m_resampler->inputRate();
        endRun();
        m_next = av_rescale(*m_next, frame.sample_rate, rate); // the same place, in the new format
        m_padsStart = true;
    }
    const std::int64_t position = placeOf(frame);
    if (!m_resampler) {
        begin(position, frame);
    }
    append(frame, position);
}

/// After a seek: false while the place is not known. The first frame is not trusted alone, it may be cut.
bool AudioDecoder::Engine::landOnGrid(const AVFrame& frame) {
    if (m_gridSamples == 0) {
        m_gridSamples = frame.nb_samples;
        return false;
    }
    m_next = m_gridSamples == frame.nb_samples ? gridPlace(frame) : std::nullopt;
    m_isOffGrid = !m_next;
    m_seeksGrid = false;
    return m_next.has_value();
}

/// The place on the grid that a frame's stamp means; nothing when it lies between two of them. Stamps are rounded to
/// ticks, the grid's start and the frame's.
std::optional<std::int64_t> AudioDecoder::Engine::gridPlace(const AVFrame& frame) const {
    if (stampOf(frame) == AV_NOPTS_VALUE) {
        return std::nullopt;
    }
    const double tolerance = 1.05 * av_q2d(tick()) * frame.sample_rate;
    const double samples = frame.nb_samples;
    const double stamped = (static_cast<double>(stampOf(frame)) * av_q2d(tick()) - m_origin) * frame.sample_rate;
    const double away = stamped - static_cast<double>(*m_gridStart);
    const double frames = std::round(away / samples);
    if (samples < 4.0 * tolerance || std::abs(away - frames * samples) > tolerance) {
        return std::nullopt;
    }
    return *m_gridStart + std::llround(frames) * frame.nb_samples;
}

/// Where a frame's first sample lies: after the one before, unless its time stamp says that something is missing.
std::int64_t AudioDecoder::Engine::placeOf(const AVFrame& frame) {
    const std::int64_t stamp = stampOf(frame);
    if (stamp == AV_NOPTS_VALUE) {
        return m_next.value_or(0);
    }
    const std::int64_t stamped =
        std::llround((static_cast<double>(stamp) * av_q2d(tick()) - m_origin) * frame.sample_rate);
    std::int64_t position = stamped;
    if (m_next) {
        const double jump = static_cast<double>(std::abs(stamped - *m_next)) / frame.sample_rate;
        position = jump > kJitter && jump < kLongestGap ? stamped : *m_next;
    }
    noteCheckpoint(stamp, position, frame.sample_rate);
    return position;
}

void AudioDecoder::Engine::noteCheckpoint(std::int64_t stamp, std::int64_t position, int rate) {
    const bool isDue = m_checkpoints.empty() ||
                       static_cast<double>(position - m_checkpoints.back().position) > kCheckpointDistance * rate;
    if (m_countsSamples && isDue && stamp != AV_NOPTS_VALUE) {
        m_checkpoints.push_back({stamp, position});
    }
}

/// Starts a run of one format at an input position.
void AudioDecoder::Engine::begin(std::int64_t position, const AVFrame& frame) {
    Result<AudioResampler> made = AudioResampler::create(frame, m_sampleRate, m_channels);
    if (!made) {
        m_decoder.noteError();
        return;
    }
    m_resampler = std::move(*made);
    const std::int64_t step = m_resampler->alignment();
    const std::int64_t below = position - ((position % step) + step) % step;
    m_next = m_padsStart || below == position ? below : below + step;
    const std::int64_t output = m_resampler->outputIndex(*m_next);
    if (m_buffer.empty()) {
        m_bufferStart = output;
    } else if (output > bufferEnd()) {
        m_buffer.resize(static_cast<std::size_t>((output - m_bufferStart) * m_channels), 0.0F);
    }
    m_skipMade = bufferEnd() - output;
}

/// The samples of a frame that are to be heard: MP4 says of its last one how long it is.
int AudioDecoder::Engine::heardSamples(const AVFrame& frame) const {
    const std::int64_t duration = frameDuration(frame);
    if (!m_trustsDurations || duration <= 0) {
        return frame.nb_samples;
    }
    const std::int64_t samples = av_rescale_q(duration, tick(), AVRational{1, frame.sample_rate});
    return static_cast<int>(std::min<std::int64_t>(frame.nb_samples, samples));
}

void AudioDecoder::Engine::append(const AVFrame& frame, std::int64_t position) {
    if (!m_resampler) {
        return;
    }
    if (position > *m_next) {
        m_resampler->feedSilence(position - *m_next, m_made);
        m_next = position;
    }
    const std::int64_t skip = *m_next - position;
    const int count = heardSamples(frame);
    if (skip < count) {
        m_resampler->feed(frame, {static_cast<int>(skip), count}, m_made);
        m_next = position + count;
    }
    commit();
}

void AudioDecoder::Engine::endRun() {
    if (m_resampler) {
        m_resampler->drain(m_made);
        commit();
        m_resampler.reset();
    }
}

void AudioDecoder::Engine::commit() {
    const std::int64_t skipped = std::min(m_skipMade, static_cast<std::int64_t>(m_made.size()) / m_channels);
    m_skipMade -= skipped;
    m_buffer.insert(m_buffer.end(), m_made.begin() + skipped * m_channels, m_made.end());
    m_made.clear();
}

AudioDecoder::AudioDecoder(std::unique_ptr<Engine> engine) : m_engine(std::move(engine)) {}
AudioDecoder::~AudioDecoder() = default;

Result<std::unique_ptr<AudioDecoder>> AudioDecoder::open(const std::filesystem::path& path, int sampleRate,
                                                         int channels) {
    if (sampleRate < kLowestRate || sampleRate > kHighestRate || channels < 1 || channels > 2) {
        return Error{ErrorCode::InvalidArgument, path.string(), std::to_string(sampleRate) + " Hz"};
    }
    Result<MediaInput> input = MediaInput::open(path);
    if (!input) {
        return input.error();
    }
    const std::optional<int> stream = input->audioStream();
    if (!stream) {
        return noAudioError(*input);
    }
    std::optional<double> pictureStart;
    if (input->videoStream()) {
        const auto pictures = VideoDecoder::open(path);
        pictureStart = pictures ? std::optional((*pictures)->startSeconds()) : std::nullopt;
    }
    Result<StreamDecoder> decoder = StreamDecoder::open(std::move(*input), *stream);
    if (!decoder) {
        return decoder.error();
    }
    auto engine = std::make_unique<Engine>(std::move(*decoder), sampleRate, channels);
    if (const auto opened = engine->open(pictureStart); !opened) {
        return opened.error();
    }
    return std::unique_ptr<AudioDecoder>(new AudioDecoder(std::move(engine)));
}

Result<std::vector<float>> AudioDecoder::read(std::int64_t start, std::int64_t count, std::stop_token stop) {
    constexpr std::int64_t kMost = 1LL << 28; // an hour and a half at 48 kHz
    if (count < 0 || count > kMost || std::abs(start) > (1LL << 50)) {
        return Error{ErrorCode::InvalidArgument, {}, std::to_string(count)};
    }
    return m_engine->read(start, count, std::move(stop));
}

std::optional<std::int64_t> AudioDecoder::length() const {
    return m_engine->length();
}
int AudioDecoder::sampleRate() const {
    return m_engine->sampleRate();
}
int AudioDecoder::channels() const {
    return m_engine->channels();
}
bool AudioDecoder::wasDamaged() const {
    return m_engine->wasDamaged();
}
bool AudioDecoder::wasCutShort() const {
    return m_engine->wasCutShort();
}

} // namespace timeline
