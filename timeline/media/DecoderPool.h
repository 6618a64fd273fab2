#pragma once

#include "timeline/media/FileStamp.h"
#include "timeline/media/PictureSource.h"

#include <condition_variable>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>

namespace timeline {

/// Open decoders, kept where they stand so that playing on costs no seek. A decoder is lent to one caller at a time;
/// idle ones are closed, least recently used first, to stay within the limit. When all are lent, the next caller waits.
/// What is no film or a broken one is remembered until the file changes; what failed by other causes is tried again.
/// Thread: any.
class DecoderPool {
    struct Item {
        FileStamp file;
        std::unique_ptr<PictureSource> source;
        std::uint64_t age = 0; ///< the pool's m_age when it was lent
    };

public:
    /// A decoder on loan; goes back when destroyed. The pool outlives it.
    /// Thread: one at a time.
    class Loan {
    public:
        Loan(DecoderPool& pool, Item item);
        Loan(Loan&&) noexcept = default;
        Loan& operator=(Loan&&) = delete;
        ~Loan();
        PictureSource* operator->() const { return m_item.source.get(); }

    private:
        DecoderPool* m_pool;
        Item m_item;
    };

    explicit DecoderPool(std::size_t limit);

    /// A decoder of that content, the one standing best for `time`. Errors as openPictureSource(), and Cancelled.
    Result<Loan> borrow(const FileStamp& file, RationalTime time, std::stop_token stop);

    void noteDamage(const FileStamp& file);
    bool isDamaged(const FileStamp& file) const;
    void remove(const std::filesystem::path& path); ///< those on loan are closed when they come back
    void clear();
    std::size_t openCount() const; ///< lent and idle

private:
    std::unique_ptr<PictureSource> takeIdle(const FileStamp& file, RationalTime time);
    template <typename IsWanted>
    void takeOut(std::list<Item>& closed, IsWanted isWanted);
    Result<Loan> openNew(const FileStamp& file, std::uint64_t age);
    void giveBack(Item item);

    const std::size_t m_limit;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_returned;
    std::list<Item> m_idle; ///< most recently used first
    std::size_t m_open = 0;
    std::uint64_t m_age = 0; ///< counts calls of remove() and clear()
    std::uint64_t m_clearedAt = 0;
    std::map<std::filesystem::path, std::uint64_t> m_forgotten; ///< m_age at the last remove()
    std::map<std::filesystem::path, std::pair<FileStamp, Error>> m_failures;
    std::map<std::filesystem::path, FileStamp> m_damaged;
};

} // namespace timeline
