#include "timeline/playback/PlayRun.h"

#include "timeline/model/Query.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace timeline {

namespace {

using Clock = std::chrono::steady_clock;

/// As %, but never negative.
std::int64_t wrapped(std::int64_t value, std::int64_t length) {
    return ((value % length) + length) % length;
}

} // namespace

std::optional<std::int64_t> PlayPath::frameAt(std::int64_t step) const {
    const std::int64_t frame = start + step * speed;
    if (isLoop) {
        return first + wrapped(frame - first, end - first);
    }
    return frame >= first && frame < end ? std::optional(frame) : std::nullopt;
}

std::optional<std::int64_t> PlayPath::lastStep() const {
    if (isLoop) {
        return std::nullopt;
    }
    return speed > 0 ? (end - 1 - start) / speed : (start - first) / -speed;
}

std::int64_t PlayPath::soundAt(std::int64_t sample, int sampleRate, std::int64_t& unbroken) const {
    const std::int64_t from = samplePosition(RationalTime(start, rate), sampleRate) + sample;
    if (!isLoop) {
        unbroken = std::numeric_limits<std::int64_t>::max();
        return from;
    }
    const std::int64_t low = samplePosition(RationalTime(first, rate), sampleRate);
    const std::int64_t length = std::max<std::int64_t>(samplePosition(RationalTime(end, rate), sampleRate) - low, 1);
    const std::int64_t offset = wrapped(from - low, length);
    unbroken = length - offset;
    return low + offset;
}

std::optional<PlayPath> playPath(const Timeline& timeline, std::int64_t frame, int speed,
                                 const std::optional<TimeRange>& loop) {
    const FrameRate rate = timeline.format.rate;
    PlayPath path{rate, frame, speed, 0, timelineDuration(timeline).rescaledTo(rate).value(), false};
    if (loop) {
        path.first = loop->start.rescaledTo(rate, Rounding::Floor).value();
        path.end = loop->end().rescaledTo(rate, Rounding::Ceil).value();
        path.isLoop = true;
    }
    if (path.end <= path.first || speed == 0) {
        return std::nullopt;
    }
    const bool isAtTheEnd = speed > 0 ? frame >= path.end - 1 : frame <= path.first;
    const bool isOutside = frame < path.first || frame >= path.end;
    if (isOutside || (isAtTheEnd && !path.isLoop)) {
        path.start = speed > 0 ? path.first : path.end - 1;
    }
    return path;
}

PlayRun::PlayRun(PlayPath path, TimelinePtr timeline, std::shared_ptr<AudioSink> sink)
    : m_path(path), m_timeline(std::move(timeline)), m_sink(std::move(sink)) {}

void PlayRun::start() {
    const SequenceFormat& format = m_timeline->format;
    const auto pullFrom = [run = weak_from_this()](float* samples, std::int64_t frames) {
        if (const std::shared_ptr<PlayRun> alive = run.lock()) {
            alive->pull(samples, frames);
        }
    };
    m_usesSink = m_sink && m_sink->start(format.sampleRate, format.channels, pullFrom);
    m_begun = Clock::now().time_since_epoch().count();
    m_started = true;
}

void PlayRun::cancel() {
    m_stop.request_stop();
    m_sound.close();
    if (m_usesSink.exchange(false)) {
        m_sink->stop();
    }
}

std::int64_t PlayRun::stepNow() const {
    if (!m_started) {
        return 0;
    }
    if (m_usesSink) {
        const RationalTime heard(m_sink->heardFrames(), FrameRate(m_timeline->format.sampleRate, 1));
        return heard.rescaledTo(m_path.rate, Rounding::Floor).value();
    }
    const Clock::duration elapsed = Clock::now().time_since_epoch() - Clock::duration(m_begun.load());
    const auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(elapsed).count();
    return RationalTime(nanoseconds / 1000, FrameRate(1'000'000, 1)).rescaledTo(m_path.rate, Rounding::Floor).value();
}

Clock::duration PlayRun::untilStep(std::int64_t step) const {
    const RationalTime due(step, m_path.rate);
    if (m_usesSink) {
        const int sampleRate = m_timeline->format.sampleRate;
        const std::int64_t samples = samplePosition(due, sampleRate) + 1 - m_sink->heardFrames();
        return std::chrono::microseconds(samples * 1'000'000 / sampleRate);
    }
    const RationalTime microseconds = due.rescaledTo(FrameRate(1'000'000, 1), Rounding::Ceil);
    const Clock::time_point begun{Clock::duration(m_begun.load())};
    return begun + std::chrono::microseconds(microseconds.value() + 1) - Clock::now();
}

void PlayRun::pull(float* samples, std::int64_t frames) {
    const std::int64_t channels = m_timeline->format.channels;
    std::fill_n(samples, frames * channels, 0.0F);
    const std::int64_t wanted = m_pulled;
    m_pulled += frames;
    while (true) {
        if (!m_block) {
            m_block = m_sound.tryPop();
            if (!m_block) {
                return;
            }
        }
        const std::int64_t blockEnd = m_blockStart + m_block->frameCount();
        const std::int64_t first = std::max(wanted, m_blockStart);
        const std::int64_t end = std::min(wanted + frames, blockEnd);
        if (first < end) {
            std::copy(m_block->samples.begin() + (first - m_blockStart) * channels,
                      m_block->samples.begin() + (end - m_blockStart) * channels,
                      samples + (first - wanted) * channels);
        }
        if (blockEnd > wanted + frames) {
            return; // the rest is for the next call
        }
        m_blockStart = blockEnd;
        m_block.reset();
    }
}

} // namespace timeline
