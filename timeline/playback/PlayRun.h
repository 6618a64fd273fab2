#pragma once

#include "timeline/audio/AudioMix.h"
#include "timeline/playback/AudioSink.h"
#include "timeline/playback/BlockingQueue.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

namespace timeline {

/// Which frame of the timeline each step of playing shows: one step for each frame of time, `speed` frames further on.
/// Thread: a value.
struct PlayPath {
    FrameRate rate;
    std::int64_t start = 0;
    int speed = 1;
    std::int64_t first = 0; ///< the frames that are played, or looped over, half-open
    std::int64_t end = 0;
    bool isLoop = false;

    /// Nothing after the last step of a path that does not loop.
    std::optional<std::int64_t> frameAt(std::int64_t step) const;
    std::optional<std::int64_t> lastStep() const; ///< nothing when it loops
    /// Where the sound of a sample after the start lies on the timeline, and how many follow it without a jump.
    std::int64_t soundAt(std::int64_t sample, int sampleRate, std::int64_t& unbroken) const;
};

/// The path of a play() from `frame` on: into the loop if there is one, from the other end when it stands at the last
/// one. Nothing when there are no frames.
std::optional<PlayPath> playPath(const Timeline& timeline, std::int64_t frame, int speed,
                                 const std::optional<TimeRange>& loop);

/// One play() until it is paused, moved or over: its path, its clock and its sound on the way to the sink.
/// Thread: any; start() and cancel() on the player's render thread, pull() on the sink's.
class PlayRun : public std::enable_shared_from_this<PlayRun> {
public:
    /// @param sink  null: no sound, the steady clock
    PlayRun(PlayPath path, TimelinePtr timeline, std::shared_ptr<AudioSink> sink);

    const PlayPath& path() const { return m_path; }
    const TimelinePtr& timeline() const { return m_timeline; }
    bool hasSound() const { return m_sink != nullptr; }

    /// Starts the clock, and the sink.
    void start();
    /// Ends it for all threads; stops the sink.
    void cancel();
    bool isCancelled() const { return m_stop.stop_requested(); }
    std::stop_token stopToken() const { return m_stop.get_token(); } ///< asked for when it is cancelled
    bool isStarted() const { return m_started.load(); }

    /// The step that is due now; 0 before the start.
    std::int64_t stepNow() const;
    /// How long until a step is due, if its clock goes on as it should.
    std::chrono::steady_clock::duration untilStep(std::int64_t step) const;

    /// For the mixing thread: blocks in order. @return false when cancelled
    bool pushSound(AudioBlock block, std::stop_token stop) { return m_sound.push(std::move(block), stop); }
    /// For the sink: sound if it is ready, else silence; what comes too late is left out, so that the rest stays in
    /// time.
    void pull(float* samples, std::int64_t frames);

    std::atomic<std::int64_t> lastShownStep{-1};
    std::atomic<std::int64_t> shownFrames{0};
    std::atomic<std::int64_t> droppedFrames{0};

private:
    const PlayPath m_path;
    const TimelinePtr m_timeline;
    std::shared_ptr<AudioSink> m_sink;
    std::atomic<bool> m_usesSink{false};
    std::atomic<bool> m_started{false};
    std::stop_source m_stop;
    std::atomic<std::chrono::steady_clock::rep> m_begun{0};
    BlockingQueue<AudioBlock> m_sound{8};
    // of the sink's thread:
    std::optional<AudioBlock> m_block;
    std::int64_t m_blockStart = 0; ///< samples since the start
    std::int64_t m_pulled = 0;
};

} // namespace timeline
