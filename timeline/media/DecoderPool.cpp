#include "timeline/media/DecoderPool.h"

#include <algorithm>
#include <limits>

namespace timeline {

DecoderPool::Loan::Loan(DecoderPool& pool, Item item) : m_pool(&pool), m_item(std::move(item)) {}

DecoderPool::Loan::~Loan() {
    if (m_item.source) {
        m_pool->giveBack(std::move(m_item));
    }
}

DecoderPool::DecoderPool(std::size_t limit) : m_limit(std::max<std::size_t>(limit, 1)) {}

/// The idle decoder of the file that has the shortest way to `time`: forward counts as it is, backward means a seek.
std::unique_ptr<PictureSource> DecoderPool::takeIdle(const FileStamp& file, RationalTime time) {
    auto best = m_idle.end();
    std::int64_t shortest = std::numeric_limits<std::int64_t>::max();
    for (auto idle = m_idle.begin(); idle != m_idle.end(); ++idle) {
        if (idle->file == file) {
            const std::int64_t tick = idle->source->clock().tickAt(time);
            const std::int64_t position = idle->source->position();
            const bool isAhead = position >= 0 && position <= tick;
            const std::int64_t way = isAhead ? tick - position : std::numeric_limits<std::int64_t>::max() - 1;
            if (way < shortest) {
                shortest = way;
                best = idle;
            }
        }
    }
    if (best == m_idle.end()) {
        return nullptr;
    }
    std::unique_ptr<PictureSource> source = std::move(best->source);
    m_idle.erase(best);
    return source;
}

Result<DecoderPool::Loan> DecoderPool::borrow(const FileStamp& file, RationalTime time, std::stop_token stop) {
    std::list<Item> closed; // outlives the lock
    std::unique_lock lock(m_mutex);
    for (;;) {
        const auto failure = m_failures.find(file.path);
        if (failure != m_failures.end() && failure->second.first == file) {
            return failure->second.second;
        }
        takeOut(closed, [&file](const Item& item) { return item.file.path == file.path && item.file != file; });
        if (std::unique_ptr<PictureSource> source = takeIdle(file, time)) {
            return Loan(*this, {file, std::move(source), m_age});
        }
        if (m_open >= m_limit && !m_idle.empty()) {
            closed.splice(closed.begin(), m_idle, std::prev(m_idle.end()));
            --m_open;
        }
        if (m_open < m_limit) {
            break;
        }
        if (!m_returned.wait(lock, stop, [this] { return !m_idle.empty() || m_open < m_limit; })) {
            return Error{ErrorCode::Cancelled, file.path.string(), {}};
        }
    }
    ++m_open;
    const std::uint64_t age = m_age;
    lock.unlock();
    closed.clear();
    return openNew(file, age);
}

/// Opens a decoder in the place that borrow() has counted for it.
Result<DecoderPool::Loan> DecoderPool::openNew(const FileStamp& file, std::uint64_t age) {
    Result<std::unique_ptr<PictureSource>> opened = openPictureSource(file.path);
    if (opened) {
        return Loan(*this, {file, std::move(*opened), age});
    }
    const std::scoped_lock lock(m_mutex);
    --m_open;
    m_returned.notify_all();
    if (isAboutContent(opened.error().code)) { // else the next try may be luckier
        m_failures[file.path] = {file, opened.error()};
    }
    return opened.error();
}

void DecoderPool::giveBack(Item item) {
    std::list<Item> returned; // outlives the lock
    returned.push_front(std::move(item));
    const std::scoped_lock lock(m_mutex);
    const auto forgotten = m_forgotten.find(returned.front().file.path);
    if (returned.front().age < m_clearedAt ||
        (forgotten != m_forgotten.end() && returned.front().age < forgotten->second)) {
        --m_open;
    } else {
        m_idle.splice(m_idle.begin(), returned);
    }
    m_returned.notify_all();
}

template <typename IsWanted>
void DecoderPool::takeOut(std::list<Item>& closed, IsWanted isWanted) {
    for (auto item = m_idle.begin(); item != m_idle.end();) {
        const auto next = std::next(item);
        if (isWanted(*item)) {
            closed.splice(closed.begin(), m_idle, item);
            --m_open;
        }
        item = next;
    }
}

void DecoderPool::noteDamage(const FileStamp& file) {
    const std::scoped_lock lock(m_mutex);
    m_damaged[file.path] = file;
}

bool DecoderPool::isDamaged(const FileStamp& file) const {
    const std::scoped_lock lock(m_mutex);
    const auto damaged = m_damaged.find(file.path);
    return damaged != m_damaged.end() && damaged->second == file;
}

void DecoderPool::remove(const std::filesystem::path& path) {
    std::list<Item> closed; // outlives the lock
    const std::scoped_lock lock(m_mutex);
    m_forgotten[path] = ++m_age;
    m_failures.erase(path);
    m_damaged.erase(path);
    takeOut(closed, [&path](const Item& item) { return item.file.path == path; });
    m_returned.notify_all();
}

void DecoderPool::clear() {
    std::list<Item> closed; // outlives the lock
    const std::scoped_lock lock(m_mutex);
    m_clearedAt = ++m_age;
    m_forgotten.clear();
    m_failures.clear();
    m_damaged.clear();
    takeOut(closed, [](const Item&) { return true; });
    m_returned.notify_all();
}

std::size_t DecoderPool::openCount() const {
    const std::scoped_lock lock(m_mutex);
    return m_open;
}

} // namespace timeline
