#pragma once

#include "timeline/audio/AudioMix.h"
#include "timeline/playback/AudioSink.h"
#include "timeline/render/SequenceRenderer.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace timeline {

/// A frame that is due now.
struct PlayedFrame {
    FrameImagePtr image;
    RationalTime time; ///< on the timeline
    std::vector<Error> problems;
};

struct PlayerState {
    int speed = 0; ///< frames forward for each frame of time: 0 stopped, 1 normal, -2 back at double speed
    RationalTime time;
    std::int64_t shownFrames = 0;   ///< since play() was called last
    std::int64_t droppedFrames = 0; ///< not shown because they came too late

    bool operator==(const PlayerState&) const = default;
};

struct PlayerSetup {
    /// Called once on the player's render thread, which owns the renderer and with it the Vulkan device.
    std::function<Result<std::unique_ptr<SequenceRenderer>>()> makeRenderer;
    UrlResolver resolveUrl;          ///< for the sound
    std::shared_ptr<AudioSink> sink; ///< null: no sound
    /// Called on the player's threads, one call at a time; must not call the player back and wait.
    std::function<void(const PlayedFrame&)> onFrame;
    std::function<void(const PlayerState&)> onState;
    /// A frame that could not be rendered, sound that could not be read or is damaged (once a file), or no renderer.
    std::function<void(const Error&)> onError;
};

/// The monitor's motor: renders ahead into a bounded queue and hands out each frame when it is due by the clock of the
/// sound device, or by the steady clock where there is none. Late frames are dropped and counted. While it stands still
/// it draws the frame at its time again whenever the timeline, the time or the size changes; only the newest request
/// counts. At speeds other than 1 there is no sound. Thread: the methods from one thread (the GUI's); they post and
/// return at once.
class Player {
public:
    explicit Player(PlayerSetup setup);
    ~Player(); ///< stops and joins its threads

    /// Another version of the cut. Goes on playing from where it is.
    void setTimeline(TimelinePtr timeline);
    /// What to draw, and how large (see fittedInto()). liveShots too.
    void setOptions(PlanOptions options);
    /// Draws again: the preview of a live shot or a file has changed.
    void refresh();

    void play(int speed = 1);
    void pause();
    void seek(RationalTime time);
    void setLoop(std::optional<TimeRange> range); ///< nothing: stop at the end

    /// J, K and L: each press of J or L goes a step faster (1, 2, 4, 8), the other direction starts at 1.
    static int shuttled(int speed, int direction);

private:
    class Engine;
    std::unique_ptr<Engine> m_engine;
};

} // namespace timeline
