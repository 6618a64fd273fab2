#pragma once

#include "generation/protocol/Request.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

namespace generation {

/// What the reading thread heard and the working thread has not done yet.
/// Thread: any; the only lock of the worker besides EventWriter's.
class Inbox {
public:
    void add(GenerateRequest request);

    /// Asks the job to stop. True when it was still waiting and is now gone; a running one notices by itself.
    bool cancel(const std::string& id);

    /// No more requests: the running job is to stop and next() ends.
    void close();

    /// Waits for a job and makes it the running one. Absent when closed.
    std::optional<GenerateRequest> next();

    /// Whether the running job is to stop.
    bool stopRequested() const;

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<GenerateRequest> m_waiting;
    std::string m_running;
    bool m_stop = false;
    bool m_closed = false;
};

} // namespace generation
