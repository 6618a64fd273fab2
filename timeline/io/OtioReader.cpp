#include "timeline/io/OtioReader.h"

#include "timeline/io/JsonScan.h"
#include "timeline/io/OtioFormat.h"
#include "timeline/io/OtioItems.h"
#include "timeline/io/OtioTimeline.h"
#include "timeline/io/OtioWriter.h"
#include "timeline/model/Invariants.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

namespace timeline {

namespace {

constexpr JsonLimits kLimits{
    .depth = kMaxProjectDepth, .values = kMaxProjectValues, .stringBytes = kMaxProjectStringBytes};

/// A file descriptor that closes itself.
class OpenFile {
public:
    explicit OpenFile(const std::filesystem::path& file)
        // Without O_NONBLOCK, opening a FIFO would wait for a writer.
        : m_descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {}
    ~OpenFile() {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

Error fileError(ErrorCode code, const std::filesystem::path& file, int cause) {
    return {code, file.string(), cause == 0 ? std::string() : std::strerror(cause)};
}

Result<std::string> readText(const std::filesystem::path& file) {
    const OpenFile open(file);
    if (open.descriptor() < 0) {
        const int cause = errno;
        const bool isMissing = cause == ENOENT || cause == ENOTDIR || cause == ENAMETOOLONG || cause == ELOOP;
        return fileError(isMissing         ? ErrorCode::FileNotFound
                         : cause == ENXIO  ? ErrorCode::NotAFile
                         : cause == EACCES ? ErrorCode::PermissionDenied
                                           : ErrorCode::ReadFailed,
                         file, cause);
    }
    struct stat status{};
    if (::fstat(open.descriptor(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return fileError(ErrorCode::NotAFile, file, 0);
    }
    if (static_cast<std::uintmax_t>(status.st_size) > kMaxProjectBytes) {
        return fileError(ErrorCode::TooLarge, file, 0);
    }
    std::string text(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t filled = 0;
    while (filled < text.size()) {
        const ssize_t count = ::read(open.descriptor(), text.data() + filled, text.size() - filled);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return fileError(ErrorCode::ReadFailed, file, errno);
        }
        if (count == 0) {
            break; // shorter than it was a moment ago: the parser will say so
        }
        filled += static_cast<std::size_t>(count);
    }
    text.resize(filled);
    return text;
}

/// Whether we know this version of our own data, and the schema of the stack.
Result<void> checkVersions(const Json& object) {
    const Json ours = ourMetadata(readMetadata(object, {}));
    if (const Json* version = member(ours, kVersionKey)) {
        const auto number = wholeAt<std::int64_t>(ours, kVersionKey, 1, std::numeric_limits<std::int64_t>::max());
        if (!number) {
            return Error{ErrorCode::ParseFailed, {}, "fantascope version: " + version->dump()};
        }
        if (*number > kProjectVersion) {
            return Error{ErrorCode::UnsupportedVersion, {}, "fantascope " + std::to_string(*number)};
        }
    }
    const Json* stack = member(object, "tracks");
    const OtioSchema stackSchema = stack ? schemaOf(*stack) : OtioSchema();
    if (stackSchema.name != "Stack" || stackSchema.version < 1) {
        return Error{ErrorCode::ParseFailed, {}, "tracks: no Stack"};
    }
    if (stackSchema.version > 1) {
        return Error{ErrorCode::UnsupportedVersion, {}, textAt(*stack, "OTIO_SCHEMA")};
    }
    return {};
}

} // namespace

Result<Timeline> readOtio(const std::filesystem::path& file) {
    const auto text = readText(file);
    if (!text) {
        return text.error();
    }
    auto timeline = parseOtio(*text);
    if (!timeline) {
        return Error{timeline.error().code, file.string(), timeline.error().detail};
    }
    return timeline;
}

Result<Timeline> parseOtio(std::string_view text) {
    if (const auto checked = checkOtioText(text); !checked) {
        return checked.error();
    }
    const Json object = Json::parse(text.begin(), text.end(), nullptr, false);
    if (const auto known = checkVersions(object); !known) {
        return known.error();
    }
    const auto format = formatOf(object);
    if (!format) {
        return Error{ErrorCode::ParseFailed, {}, "format out of range"};
    }
    OtioReading reading(format->rate);
    Timeline timeline = readTimeline(reading, object);
    timeline.format = *format;
    if (reading.error()) {
        return *reading.error();
    }
    if (const auto sound = checkInvariants(timeline); !sound) {
        return Error{ErrorCode::ParseFailed, {}, sound.error().subject + ": " + sound.error().detail};
    }
    dropTimelineOriginIfOurs(timeline, object);
    return timeline;
}

Result<void> checkOtioText(std::string_view text) {
    if (text.size() > kMaxProjectBytes) {
        return Error{ErrorCode::TooLarge, {}, "bytes"};
    }
    const auto schemaText = scanJson(text, kLimits);
    if (!schemaText) {
        return schemaText.error();
    }
    const OtioSchema schema = parseSchema(*schemaText);
    if (schema.version < 1) {
        return Error{ErrorCode::ParseFailed, {}, "no OTIO_SCHEMA"};
    }
    if (schema.name != "Timeline") {
        return Error{ErrorCode::UnsupportedFormat, {}, *schemaText};
    }
    return schema.version > 1 ? Result<void>(Error{ErrorCode::UnsupportedVersion, {}, *schemaText}) : Result<void>();
}

} // namespace timeline
