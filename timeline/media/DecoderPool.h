#pragma once

#include "timeline/media/FileStamp.h"
#include "timeline/media/PictureSource.h"

#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <set>

namespace timeline {

/// Open decoders, kept where they stand so that playing on costs no seek. A decoder is lent to one caller at a time;
/// idle ones are closed, least recently used first, to stay within the limit. When all are lent, the next caller waits.
/// What could not be opened is remembered until the file changes.
/// Thread: any.
class DecoderPool {
public:
    /// A decoder on loan; goes back when destroyed.
    /// Thread: one at a time.
    class Loan {
    public:
        Loan(DecoderPool* pool, FileStamp file, std::unique_ptr<PictureSource> source);
        Loan(Loan&&) noexcept = default;
        Loan& operator=(Loan&&) = delete;
        ~Loan();
        PictureSource& operator*() const { return *m_source; }
        PictureSource* operator->() const { return m_source.get(); }

    private:
        DecoderPool* m_pool;
        FileStamp m_file;
        std::unique_ptr<PictureSource> m_source;
    };

    explicit DecoderPool(std::size_t limit);

    /// A decoder of that content, the one standing best for `time`. Errors as openPictureSource(), and Cancelled.
    Result<Loan> borrow(const FileStamp& file, RationalTime time, std::stop_token stop);

    void noteDamage(const FileStamp& file);
    bool isDamaged(const std::filesystem::path& path) const;
    void remove(const std::filesystem::path& path);
    void clear();
    std::size_t openCount() const;

private:
    struct Idle {
        FileStamp file;
        std::unique_ptr<PictureSource> source;
    };

    std::unique_ptr<PictureSource> takeIdle(const FileStamp& file, RationalTime time);
    void giveBack(const FileStamp& file, std::unique_ptr<PictureSource> source);

    const std::size_t m_limit;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_returned;
    std::list<Idle> m_idle; ///< most recently used first
    std::size_t m_open = 0; ///< lent and idle
    std::map<std::filesystem::path, std::pair<FileStamp, Error>> m_failures;
    std::map<std::filesystem::path, FileStamp> m_damaged;
    std::set<std::filesystem::path> m_removed; ///< lent ones of these are closed when they come back
};

} // namespace timeline
