#pragma once

#include "generation/protocol/Event.h"

#include <mutex>

namespace generation {

/// Writes events as lines, whole ones, from any thread. Once the other side is gone, events are dropped.
/// Thread: any.
class EventWriter {
public:
    /// Takes over `descriptor` without closing it.
    explicit EventWriter(int descriptor) : m_descriptor(descriptor) {}

    void send(const Event& event);

private:
    std::mutex m_mutex;
    int m_descriptor;
    bool m_broken = false;
};

} // namespace generation
