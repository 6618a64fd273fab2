#pragma once

#include <cstdint>
#include <string>

namespace generation {

/// How far a part of a training run is.
/// Thread: a value.
struct TrainingProgress {
    std::string part = {}; ///< "vae", "latents", "transformer", "look", ...
    std::int64_t step = 0;
    std::int64_t steps = 0; ///< 0: the clock decides
    double fraction = 0.0;
    double loss = 0.0;
    double secondsLeft = 0.0;
};

/// Hears of a training run and may stop it.
/// Thread: the trainer's.
class TrainingObserver {
public:
    virtual ~TrainingObserver() = default;

    virtual void progress(const TrainingProgress& progress) = 0;
    /// A fact worth a line: what was made, where it lies.
    virtual void notice(const std::string& code, const std::string& detail) = 0;
    /// Called often; may throw Cancelled. The run keeps what it saved last.
    virtual void checkpoint() = 0;
};

} // namespace generation
