#pragma once

#include "generation/protocol/Request.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace generation {

/// What the reading thread heard and the working thread has not done yet.
/// Thread: any; the only lock of the worker besides EventWriter's.
class Inbox {
public:
    void add(GenerateRequest request);

    /// Asks the job to stop. Gives the job back when it was waiting or paused and is now gone; a running one notices by
    /// itself.
    std::optional<GenerateRequest> cancel(const std::string& id);

    /// Asks the job to pause. True when it was waiting and is now held; a running one notices by itself.
    bool pause(const std::string& id);
    /// A held job is the next one.
    void resume(const std::string& id);
    /// By the working thread: the job it had to pause. False when it was cancelled meanwhile: it is not held.
    [[nodiscard]] bool hold(GenerateRequest request);

    /// No more requests: the running job is to stop and next() ends.
    void close();

    /// Waits for a job and makes it the running one. Absent when closed.
    std::optional<GenerateRequest> next();

    /// What the running job is to do.
    enum class Wish : std::uint8_t {
        GoOn,
        Cancel,
        Pause, ///< after its step
        Leave, ///< nobody listens any more: stop, but keep what was done
    };
    Wish wish() const;

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<GenerateRequest> m_waiting;
    std::vector<GenerateRequest> m_held;
    std::string m_running;
    bool m_resumeRunning = false; ///< the running job was asked to pause and to resume before it had paused
    Wish m_wish = Wish::GoOn;
    bool m_closed = false;
};

} // namespace generation
