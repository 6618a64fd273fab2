#pragma once

#include "timeline/base/Result.h"
#include "timeline/media/AvPointers.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

struct AVInputFormat;

namespace timeline {

/// Limits against files that claim more than a machine has.
inline constexpr long long kMaxPixels = 1LL << 27;       ///< of one picture: 16K film just fits
inline constexpr long long kMaxStillBytes = 1LL << 30;   ///< of one still, decoded
inline constexpr std::chrono::seconds kOpenTime{4};      ///< of work, to find out what a file is
inline constexpr std::chrono::seconds kOpenPatience{30}; ///< with waiting for the disk and for other programs

/// A film or sound file opened for reading, its streams known. Reads through a file handle of its own: FFmpeg opens no
/// path and no protocol, so that a file cannot lead to another one.
/// Thread: one at a time; it moves.
class MediaInput {
public:
    /// Errors as probe(), but for those about codecs.
    static Result<MediaInput> open(const std::filesystem::path& path, std::stop_token stop = {});
    MediaInput(MediaInput&&) noexcept;
    MediaInput& operator=(MediaInput&&) noexcept;
    ~MediaInput();

    AVFormatContext* operator->() const { return m_context.get(); }
    AVFormatContext* get() const { return m_context.get(); }
    const std::filesystem::path& path() const { return m_path; }

    /// Reads until then fail with AVERROR_EXIT once `stop` is asked for or `time` has passed.
    void limitReads(std::stop_token stop, std::optional<std::chrono::milliseconds> time = {});
    /// The same with kOpenTime and kOpenPatience: a slow disk or a busy machine is no fault of the file's.
    void limitOpening(std::stop_token stop);
    const std::stop_token& stop() const; ///< what reads are limited by
    /// True when the reads were cut short by limitReads().
    bool wasStopped() const;
    /// Why they were: Cancelled, or ReadFailed when time was up.
    Error stopError() const;

    std::optional<int> videoStream() const; ///< the one that is shown: no cover picture
    std::optional<int> audioStream() const;
    /// Reads only the packets of this stream from now on.
    void keepOnly(int stream);
    long long fileSize() const;

private:
    class File;

    MediaInput(std::filesystem::path path, std::unique_ptr<File> file);
    Result<void> findFormat(const AVInputFormat*& format);
    Result<void> openContext(const AVInputFormat& format);
    Result<void> findStreams();

    std::filesystem::path m_path;
    std::unique_ptr<File> m_file; ///< outlives m_io, which outlives m_context
    AvIoPtr m_io;
    AvInputPtr m_context;
};

} // namespace timeline
