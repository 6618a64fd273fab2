#pragma once

#include "timeline/playback/BlockingQueue.h"
#include "timeline/playback/PlayRun.h"
#include "timeline/playback/Player.h"

#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <variant>
#include <vector>

namespace timeline {

/// What the presenting thread hands to the callbacks, in order; of a run at its step's time, else at once.
struct Delivery {
    std::shared_ptr<PlayRun> run; ///< null: not of a run
    std::int64_t step = 0;
    std::variant<PlayedFrame, PlayerState, Error> what;
    bool isLastOfRun = false; ///< the end of a run that is not cut short; says nothing else
};

/// The player's three threads and what runs between them:
///
///     methods --commands--> render thread --deliveries--> presenting thread --> callbacks
///                           ^      |  runs                       |
///                           |      v                             |
///                           |   mixing thread --sound--> sink    |
///                           +------------ "there is room" -------+
///
/// Everything but the queues and PlayRun belongs to one thread.
/// Thread: post() from any.
class Player::Engine {
public:
    using Command = std::function<void(Engine&)>;

    explicit Engine(PlayerSetup setup);
    ~Engine();

    void post(Command command);

    // Commands; on the render thread.
    void setTimeline(TimelinePtr timeline);
    void setOptions(PlanOptions options);
    void refresh() { m_isDirty = true; }
    void play(int speed);
    void pause();
    void seek(RationalTime time);
    void setLoop(std::optional<TimeRange> range);

private:
    void renderLoop(std::stop_token stop);
    void presentLoop(std::stop_token stop);
    void mixLoop(std::stop_token stop);

    void renderStill(std::stop_token stop);
    void renderStep(std::stop_token stop);
    std::optional<PlayedFrame> renderedFrame(std::int64_t frame, std::stop_token stop);
    void startIfReady();
    void endRun(const std::shared_ptr<PlayRun>& run);
    void stopRun();
    void deliver(Delivery delivery, std::stop_token stop);
    void deliverState(std::stop_token stop);
    void deliverSoundProblems(std::stop_token stop);
    bool waitUntilDue(const Delivery& delivery, std::stop_token stop);
    void present(const Delivery& delivery);
    RationalTime timeOf(std::int64_t frame) const;

    const PlayerSetup m_setup;
    BlockingQueue<Command> m_commands{1U << 20};
    BlockingQueue<Delivery> m_ready{6};
    BlockingQueue<std::shared_ptr<PlayRun>> m_runs{1U << 10};
    BlockingQueue<bool> m_wake{1}; ///< for the presenting thread: look again

    // of the render thread:
    std::unique_ptr<SequenceRenderer> m_renderer;
    TimelinePtr m_timeline;
    PlanOptions m_options;
    std::optional<TimeRange> m_loop;
    std::int64_t m_frame = 0; ///< where it stands, or stood before it began to play
    bool m_isDirty = false;
    bool m_stateChanged = false;
    std::vector<Error> m_soundProblems; ///< not delivered yet
    std::shared_ptr<PlayRun> m_run;     ///< null: it stands still
    std::int64_t m_nextStep = 0;
    std::int64_t m_shownFrames = 0; ///< by the last run
    std::int64_t m_droppedFrames = 0;
    bool m_isSoundReady = false;
    bool m_isFrameReady = false;

    std::jthread m_mixer; // last: stopped and joined first
    std::jthread m_presenter;
    std::jthread m_renderThread;
};

} // namespace timeline
