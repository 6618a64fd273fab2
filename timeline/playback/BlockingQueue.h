#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace timeline {

/// Hands values from thread to thread in order, at most `capacity` at a time. Every wait ends when stop is requested or
/// the queue is closed.
/// Thread: any.
template <typename T>
class BlockingQueue {
public:
    explicit BlockingQueue(std::size_t capacity) : m_capacity(capacity) {}

    /// Waits for room. @return false when stopped or closed: the value is dropped
    bool push(T value, std::stop_token stop = {}) {
        std::unique_lock lock(m_mutex);
        if (!m_changed.wait(lock, stop, [this] { return m_closed || m_values.size() < m_capacity; }) || m_closed) {
            return false;
        }
        m_values.push_back(std::move(value));
        m_changed.notify_all();
        return true;
    }

    /// Does not wait. @return false when full or closed
    bool tryPush(T value) {
        const std::lock_guard lock(m_mutex);
        if (m_closed || m_values.size() >= m_capacity) {
            return false;
        }
        m_values.push_back(std::move(value));
        m_changed.notify_all();
        return true;
    }

    /// Waits for a value. @return nothing when stopped, or closed and empty
    std::optional<T> pop(std::stop_token stop = {}) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, stop, [this] { return m_closed || !m_values.empty(); });
        return takeFront();
    }

    /// As pop(), and nothing at the deadline.
    template <typename Clock, typename Duration>
    std::optional<T> popUntil(std::chrono::time_point<Clock, Duration> deadline, std::stop_token stop = {}) {
        std::unique_lock lock(m_mutex);
        m_changed.wait_until(lock, stop, deadline, [this] { return m_closed || !m_values.empty(); });
        return takeFront();
    }

    std::optional<T> tryPop() {
        const std::lock_guard lock(m_mutex);
        return takeFront();
    }

    void clear() {
        eraseIf([](const T&) { return true; });
    }

    template <typename Predicate>
    void eraseIf(Predicate isUnwanted) {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_values, isUnwanted);
        m_changed.notify_all();
    }

    template <typename Predicate>
    bool holds(Predicate isSought) const {
        const std::lock_guard lock(m_mutex);
        return std::ranges::any_of(m_values, isSought);
    }

    /// No more values go in; waits end.
    void close() {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_changed.notify_all();
    }

    std::size_t size() const {
        const std::lock_guard lock(m_mutex);
        return m_values.size();
    }

private:
    std::optional<T> takeFront() {
        if (m_values.empty()) {
            return std::nullopt;
        }
        std::optional<T> value(std::move(m_values.front()));
        m_values.pop_front();
        m_changed.notify_all();
        return value;
    }

    const std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<T> m_values;
    bool m_closed = false;
};

} // namespace timeline
