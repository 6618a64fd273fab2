#include "generation/worker/Inbox.h"

#include <algorithm>
#include <utility>

namespace generation {

void Inbox::add(GenerateRequest request) {
    const std::lock_guard lock(m_mutex);
    m_waiting.push_back(std::move(request));
    m_changed.notify_all();
}

bool Inbox::cancel(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    if (id == m_running) {
        m_stop = true;
        return false;
    }
    return std::erase_if(m_waiting, [&](const GenerateRequest& request) { return request.id == id; }) > 0;
}

void Inbox::close() {
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_stop = true;
    m_changed.notify_all();
}

std::optional<GenerateRequest> Inbox::next() {
    std::unique_lock lock(m_mutex);
    m_running.clear();
    m_changed.wait(lock, [&] { return m_closed || !m_waiting.empty(); });
    if (m_closed) {
        return std::nullopt;
    }
    m_stop = false;
    GenerateRequest request = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_running = request.id;
    return request;
}

bool Inbox::stopRequested() const {
    const std::lock_guard lock(m_mutex);
    return m_stop;
}

} // namespace generation
