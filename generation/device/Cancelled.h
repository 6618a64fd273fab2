#pragma once

#include <functional>
#include <stdexcept>

namespace generation {

/// Thrown by a Checkpoint to abandon the work in progress.
/// Thread: a value.
class Cancelled : public std::runtime_error {
public:
    Cancelled() : std::runtime_error("cancelled") {}
};

/// Called by long computations between their parts (transformer blocks, latent frames); may throw, for example
/// Cancelled, and the computation unwinds with nothing half-done left behind. Empty: never asked.
using Checkpoint = std::function<void()>;

inline void passCheckpoint(const Checkpoint& checkpoint) {
    if (checkpoint) {
        checkpoint();
    }
}

} // namespace generation
