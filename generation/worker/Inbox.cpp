#include "generation/worker/Inbox.h"

#include <algorithm>
#include <utility>

namespace generation {
namespace {

/// Takes the job out of the list, if it is there.
template <class List>
std::optional<GenerateRequest> taken(List& list, const std::string& id) {
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const GenerateRequest& request) { return request.id == id; });
    if (found == list.end()) {
        return std::nullopt;
    }
    GenerateRequest request = std::move(*found);
    list.erase(found);
    return request;
}

} // namespace

void Inbox::add(GenerateRequest request) {
    const std::lock_guard lock(m_mutex);
    m_waiting.push_back(std::move(request));
    m_changed.notify_all();
}

std::optional<GenerateRequest> Inbox::cancel(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    if (id == m_running) {
        m_wish = Wish::Cancel;
        return std::nullopt;
    }
    auto request = taken(m_waiting, id);
    return request ? std::move(request) : taken(m_held, id);
}

bool Inbox::pause(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    if (id == m_running) {
        m_resumeRunning = false;
        if (m_wish == Wish::GoOn) {
            m_wish = Wish::Pause;
        }
        return false;
    }
    auto request = taken(m_waiting, id);
    if (!request) {
        return false;
    }
    m_held.push_back(std::move(*request));
    return true;
}

void Inbox::resume(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    if (auto request = taken(m_held, id)) {
        m_waiting.push_front(std::move(*request));
        m_changed.notify_all();
    } else if (id == m_running && m_wish == Wish::Pause) {
        m_resumeRunning = true; // it may be just about to pause
    }
}

bool Inbox::hold(GenerateRequest request) {
    const std::lock_guard lock(m_mutex);
    m_running.clear();
    if (m_wish == Wish::Cancel) {
        return false;
    }
    if (std::exchange(m_resumeRunning, false)) {
        m_waiting.push_front(std::move(request));
        m_changed.notify_all();
    } else {
        m_held.push_back(std::move(request));
    }
    return true;
}

void Inbox::close() {
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_wish = m_wish == Wish::Cancel ? Wish::Cancel : Wish::Leave;
    m_changed.notify_all();
}

std::optional<GenerateRequest> Inbox::next() {
    std::unique_lock lock(m_mutex);
    m_running.clear();
    m_changed.wait(lock, [&] { return m_closed || !m_waiting.empty(); });
    if (m_closed) {
        return std::nullopt;
    }
    m_wish = Wish::GoOn;
    m_resumeRunning = false;
    GenerateRequest request = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_running = request.id;
    return request;
}

Inbox::Wish Inbox::wish() const {
    const std::lock_guard lock(m_mutex);
    return m_wish;
}

} // namespace generation
