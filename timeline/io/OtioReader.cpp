#include "timeline/io/OtioReader.h"

#include "timeline/io/JsonScan.h"
#include "timeline/io/OtioFormat.h"
#include "timeline/io/OtioItems.h"
#include "timeline/io/OtioTimeline.h"
#include "timeline/io/OtioWriter.h"
#include "timeline/io/SystemError.h"
#include "timeline/model/Invariants.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <limits>
#include <utility>

namespace timeline {

namespace {

constexpr JsonLimits kLimits{.depth = kMaxProjectDepth,
                             .values = kMaxProjectValues,
                             .stringBytes = kMaxProjectStringBytes,
                             .treeBytes = kMaxProjectMemory,
                             .itemBytes = kProjectItemBytes};

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

Result<std::string> readText(const std::filesystem::path& file) {
    const OpenFile open(file);
    if (open.descriptor() < 0) {
        return systemError(errno, file, ErrorCode::ReadFailed);
    }
    struct stat status{};
    if (::fstat(open.descriptor(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return Error{ErrorCode::NotAFile, file.string(), {}};
    }
    if (static_cast<std::uintmax_t>(status.st_size) > kMaxProjectBytes) {
        return Error{ErrorCode::TooLarge, file.string(), {}};
    }
    std::string text(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t filled = 0;
    while (filled < text.size()) {
        const ssize_t count = ::read(open.descriptor(), text.data() + filled, text.size() - filled);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return systemError(errno, file, ErrorCode::ReadFailed);
        }
        if (count == 0) {
            break; // shorter than it was a moment ago: the parser will say so
        }
        filled += static_cast<std::size_t>(count);
    }
    text.resize(filled);
    return text;
}

/// Whether we know this version of our own data.
Result<void> checkVersion(const JsonFact& version) {
    if (!version.isThere) {
        return {};
    }
    const Json number = version.isString ? Json(version.text) : Json::parse(version.text, nullptr, false);
    const auto whole =
        wholeAt<std::int64_t>(Json{{kVersionKey, number}}, kVersionKey, 1, std::numeric_limits<std::int64_t>::max());
    if (!whole) {
        return Error{ErrorCode::ParseFailed, {}, "fantascope version: " + version.text};
    }
    return *whole > kProjectVersion
               ? Result<void>(Error{ErrorCode::UnsupportedVersion, {}, "fantascope " + std::to_string(*whole)})
               : Result<void>();
}

Result<void> checkStack(const JsonFact& written) {
    const OtioSchema schema = parseSchema(written.isString ? written.text : std::string());
    if (schema.name != "Stack" || schema.version < 1) {
        return Error{ErrorCode::ParseFailed, {}, "tracks: no Stack"};
    }
    return schema.version > 1 ? Result<void>(Error{ErrorCode::UnsupportedVersion, {}, written.text}) : Result<void>();
}

Result<void> checkTimelineSchema(const JsonFact& written) {
    const OtioSchema schema = parseSchema(written.isString ? written.text : std::string());
    if (schema.version < 1) {
        return Error{ErrorCode::ParseFailed, {}, "no OTIO_SCHEMA"};
    }
    if (schema.name != "Timeline") {
        return Error{ErrorCode::UnsupportedFormat, {}, written.text};
    }
    return schema.version > 1 ? Result<void>(Error{ErrorCode::UnsupportedVersion, {}, written.text}) : Result<void>();
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
    // What tells whether it is a project of ours at all, so that nothing is built of one that is not.
    const std::array<JsonPath, 3> wanted{JsonPath{"OTIO_SCHEMA"}, JsonPath{"metadata", kOurMetadata, kVersionKey},
                                         JsonPath{"tracks", "OTIO_SCHEMA"}};
    JsonLimits limits = kLimits;
    limits.treeBytes -= text.size();
    const auto facts = scanJson(text, limits, wanted);
    if (!facts) {
        return facts.error();
    }
    Result<void> known = checkTimelineSchema(facts->at(0));
    known = known ? checkVersion(facts->at(1)) : known;
    return known ? checkStack(facts->at(2)) : known;
}

} // namespace timeline
