#include "timeline/media/MediaInput.h"

#include "timeline/io/SystemError.h"
#include "timeline/media/AvError.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/log.h>
#include <libavutil/mem.h>
}

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <ctime>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace timeline {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kReadBuffer = 1 << 16;

/// What this thread has worked.
std::chrono::nanoseconds workDone() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

/// Formats whose files name other files, addresses or devices, or are text made into pictures.
bool isRefusedFormat(std::string_view names) {
    static constexpr std::array<std::string_view, 18> refused{
        "hls",    "applehttp",          "dash",  "concat", "concatf", "sdp",  "rtsp", "rtp", "imf",
        "image2", "webm_dash_manifest", "lavfi", "tty",    "bin",     "xbin", "adf",  "idf", "ffmetadata"};
    while (!names.empty()) {
        const std::string_view name = names.substr(0, names.find(','));
        if (std::find(refused.begin(), refused.end(), name) != refused.end()) {
            return true;
        }
        names.remove_prefix(std::min(names.size(), name.size() + 1));
    }
    return false;
}

int refuseOpen(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
    return AVERROR(EACCES);
}

} // namespace

/// The open file and what limits its reads.
class MediaInput::File {
public:
    explicit File(int descriptor, long long size) : m_descriptor(descriptor), m_size(size) {}
    ~File() { ::close(m_descriptor); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    void limit(std::stop_token stop, std::optional<std::chrono::milliseconds> time) {
        m_stop = std::move(stop);
        m_deadline = time ? std::optional(Clock::now() + *time) : std::nullopt;
        m_workLimit.reset();
        m_stopped = false;
    }
    void limitWork(std::chrono::milliseconds work) { m_workLimit = workDone() + work; }
    bool wasStopped() const { return m_stopped; }
    const std::stop_token& stop() const { return m_stop; }
    long long size() const { return m_size; }

    bool mustStop() {
        m_stopped = m_stopped || m_stop.stop_requested() || (m_deadline && Clock::now() > *m_deadline) ||
                    (m_workLimit && workDone() > *m_workLimit);
        return m_stopped;
    }

    static int read(void* opaque, std::uint8_t* buffer, int size) {
        File& file = *static_cast<File*>(opaque);
        if (file.mustStop()) {
            return AVERROR_EXIT;
        }
        const ssize_t count = ::pread(file.m_descriptor, buffer, static_cast<std::size_t>(size), file.m_position);
        if (count < 0) {
            return AVERROR(errno);
        }
        file.m_position += count;
        return count == 0 ? AVERROR_EOF : static_cast<int>(count);
    }

    static std::int64_t seek(void* opaque, std::int64_t offset, int whence) {
        File& file = *static_cast<File*>(opaque);
        switch (whence & ~AVSEEK_FORCE) {
        case AVSEEK_SIZE:
            return file.m_size;
        case SEEK_CUR:
            offset += file.m_position;
            break;
        case SEEK_END:
            offset += file.m_size;
            break;
        default:
            break;
        }
        if (offset < 0) {
            return AVERROR(EINVAL);
        }
        return file.m_position = offset;
    }

    static int interrupted(void* opaque) { return static_cast<File*>(opaque)->mustStop() ? 1 : 0; }

private:
    int m_descriptor;
    long long m_size;
    std::int64_t m_position = 0;
    std::stop_token m_stop;
    std::optional<Clock::time_point> m_deadline;
    std::optional<std::chrono::nanoseconds> m_workLimit; ///< by workDone() of the thread that set it
    bool m_stopped = false;
};

namespace {

/// The descriptor of a regular file, opened without waiting for pipes.
Result<int> openRegularFile(const std::filesystem::path& path, long long& size) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) {
        return systemError(errno, path, ErrorCode::ReadFailed);
    }
    if (!S_ISREG(status.st_mode)) {
        return Error{ErrorCode::NotAFile, path.string(), {}};
    }
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        return systemError(errno, path, ErrorCode::ReadFailed);
    }
    // Again, on the handle: the path may lead elsewhere by now.
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(descriptor);
        return Error{ErrorCode::NotAFile, path.string(), {}};
    }
    size = status.st_size;
    return descriptor;
}

Error openError(int number, const std::filesystem::path& path, const AVInputFormat& format) {
    // The MOV reader says "invalid data" when it has read to the end and met no index.
    const bool isMov = std::string_view(format.name).find("mov") != std::string_view::npos;
    if (number == AVERROR_EOF || (isMov && number == AVERROR_INVALIDDATA)) {
        return avError(number, path, ErrorCode::Truncated);
    }
    return avError(number, path, ErrorCode::Damaged);
}

/// A playlist that FFmpeg would rather take for subtitles or not know at all.
bool isPlaylist(std::string_view head) {
    static constexpr std::array<std::string_view, 6> starts{"#EXTM3U",    "ffconcat version", "<MPD",
                                                            "[playlist]", "v=0\r\n",          "v=0\n"};
    if (head.starts_with("\xEF\xBB\xBF")) {
        head.remove_prefix(3);
    }
    return std::any_of(starts.begin(), starts.end(),
                       [head](std::string_view start) { return head.starts_with(start); }) ||
           (head.starts_with("<?xml") && head.find("<MPD") != std::string_view::npos);
}

/// The first stream of a kind that can be decoded and is marked as default, else the first that can be decoded.
template <typename IsWanted>
std::optional<int> bestStream(const AVFormatContext& context, IsWanted isWanted) {
    std::optional<int> found;
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        const AVStream& stream = *context.streams[i];
        if (!isWanted(stream) || avcodec_find_decoder(stream.codecpar->codec_id) == nullptr) {
            continue;
        }
        if ((stream.disposition & AV_DISPOSITION_DEFAULT) != 0) {
            return static_cast<int>(i);
        }
        found = found ? found : static_cast<int>(i);
    }
    return found;
}

} // namespace

MediaInput::MediaInput(std::filesystem::path path, std::unique_ptr<File> file)
    : m_path(std::move(path)), m_file(std::move(file)) {}
MediaInput::MediaInput(MediaInput&&) noexcept = default;
MediaInput::~MediaInput() = default;

MediaInput& MediaInput::operator=(MediaInput&& other) noexcept {
    // In this order: the context reads through the handle until it is closed.
    m_context = std::move(other.m_context);
    m_io = std::move(other.m_io);
    m_file = std::move(other.m_file);
    m_path = std::move(other.m_path);
    return *this;
}

Result<void> MediaInput::findFormat(const AVInputFormat*& format) {
    std::array<char, 2048> head{};
    const int headSize = std::max(avio_read(m_io.get(), reinterpret_cast<unsigned char*>(head.data()), head.size()), 0);
    if (headSize == 0) {
        return wasStopped() ? stopError() : Error{ErrorCode::UnsupportedFormat, m_path.string(), "0 bytes"};
    }
    if (isPlaylist({head.data(), static_cast<std::size_t>(headSize)})) {
        return Error{ErrorCode::RefusedProtocol, m_path.string(), "playlist"};
    }
    avio_seek(m_io.get(), 0, SEEK_SET);
    // Without the file's name: the content alone decides.
    if (const int result = av_probe_input_buffer2(m_io.get(), &format, "", nullptr, 0, 1 << 20); result < 0) {
        return wasStopped() ? stopError() : avError(result, m_path, ErrorCode::UnsupportedFormat);
    }
    if (isRefusedFormat(format->name)) {
        return Error{ErrorCode::RefusedProtocol, m_path.string(), format->name};
    }
    return {};
}

Result<void> MediaInput::openContext(const AVInputFormat& format) {
    AVFormatContext* context = avformat_alloc_context();
    if (context == nullptr) {
        return Error{ErrorCode::OutOfMemory, m_path.string(), {}};
    }
    context->pb = m_io.get();
    context->io_open = &refuseOpen;
    context->interrupt_callback = {&File::interrupted, m_file.get()};
    AvOptions options;
    options.set("protocol_whitelist", "file");
    options.set("max_streams", 1000);
    options.set("probesize", 16LL << 20);
    if (const int result = avformat_open_input(&context, "", &format, options.address()); result < 0) {
        return wasStopped() ? stopError() : openError(result, m_path, format);
    }
    m_context.reset(context);
    return {};
}

Result<void> MediaInput::findStreams() {
    for (unsigned i = 0; i < m_context->nb_streams; ++i) {
        const AVCodecParameters& codec = *m_context->streams[i]->codecpar;
        if (static_cast<long long>(codec.width) * codec.height > kMaxPixels) {
            return Error{ErrorCode::TooLarge, m_path.string(),
                         std::to_string(codec.width) + "x" + std::to_string(codec.height)};
        }
    }
    std::vector<AvOptions> options(m_context->nb_streams);
    std::vector<AVDictionary*> dictionaries;
    for (AvOptions& option : options) {
        option.set("max_pixels", kMaxPixels);
        option.set("threads", 1);
        dictionaries.push_back(*option.address());
    }
    const int result = avformat_find_stream_info(m_context.get(), dictionaries.data());
    for (std::size_t i = 0; i < options.size(); ++i) {
        *options[i].address() = dictionaries[i];
    }
    if (result < 0) {
        return wasStopped() ? stopError() : avError(result, m_path, ErrorCode::Damaged);
    }
    return {};
}

Result<MediaInput> MediaInput::open(const std::filesystem::path& path, std::stop_token stop) {
    long long size = 0;
    av_log_set_level(AV_LOG_FATAL); // what goes wrong is in our results, not on the terminal
    const Result<int> descriptor = openRegularFile(path, size);
    if (!descriptor) {
        return descriptor.error();
    }
    MediaInput input(path, std::make_unique<File>(*descriptor, size));
    input.limitOpening(stop);
    auto* buffer = static_cast<unsigned char*>(av_malloc(kReadBuffer));
    input.m_io.reset(avio_alloc_context(buffer, kReadBuffer, 0, input.m_file.get(), &File::read, nullptr, &File::seek));
    const AVInputFormat* format = nullptr;
    if (const auto found = input.findFormat(format); !found) {
        return found.error();
    }
    if (const auto opened = input.openContext(*format); !opened) {
        return opened.error();
    }
    if (const auto known = input.findStreams(); !known) {
        return known.error();
    }
    if (stop.stop_requested()) {
        return Error{ErrorCode::Cancelled, path.string(), {}};
    }
    input.limitReads({});
    return input;
}

void MediaInput::limitReads(std::stop_token stop, std::optional<std::chrono::milliseconds> time) {
    m_file->limit(std::move(stop), time);
    if (m_context && m_context->pb != nullptr) {
        m_context->pb->error = 0; // a stopped read is no reason to fail for ever
        m_context->pb->eof_reached = 0;
    }
}

void MediaInput::limitOpening(std::stop_token stop) {
    limitReads(std::move(stop), kOpenPatience);
    m_file->limitWork(kOpenTime);
}

Error MediaInput::stopError() const {
    return m_file->stop().stop_requested() ? Error{ErrorCode::Cancelled, m_path.string(), {}}
                                           : Error{ErrorCode::ReadFailed, m_path.string(), "took too long"};
}

const std::stop_token& MediaInput::stop() const {
    return m_file->stop();
}

bool MediaInput::wasStopped() const {
    return m_file->wasStopped();
}

long long MediaInput::fileSize() const {
    return m_file->size();
}

std::optional<int> MediaInput::videoStream() const {
    return bestStream(*m_context, [](const AVStream& stream) {
        constexpr int kCover = AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS;
        return stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO && (stream.disposition & kCover) == 0;
    });
}

std::optional<int> MediaInput::audioStream() const {
    return bestStream(*m_context, [](const AVStream& stream) {
        return stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO && stream.codecpar->sample_rate > 0;
    });
}

void MediaInput::keepOnly(int stream) {
    for (unsigned i = 0; i < m_context->nb_streams; ++i) {
        m_context->streams[i]->discard = static_cast<int>(i) == stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
}

} // namespace timeline
