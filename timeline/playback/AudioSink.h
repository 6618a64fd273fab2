#pragma once

#include <cstdint>
#include <functional>

namespace timeline {

/// Fills `frames` sample frames of interleaved float32; called on the sink's thread, never blocks for long (silence
/// where the mix is not ready yet).
using AudioPull = std::function<void(float* samples, std::int64_t frames)>;

/// A sound device. The one over Qt Multimedia lives outside; tests have one that they move by hand.
/// Thread: start() and stop() from the player's thread; heardFrames() from any.
class AudioSink {
public:
    virtual ~AudioSink() = default;

    /// Begins to pull. @return false when there is no device, or it does not take the format: the player then runs
    /// without sound by the steady clock
    virtual bool start(int sampleRate, int channels, AudioPull pull) = 0;
    /// Stops at once. After it returns, pull is not called any more.
    virtual void stop() = 0;
    /// Sample frames that have left the loudspeaker since start(): the clock of the picture.
    virtual std::int64_t heardFrames() const = 0;
};

} // namespace timeline
