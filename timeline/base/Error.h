#pragma once

#include <cstdint>
#include <string>

namespace timeline {

/// What went wrong, as a code that app/ and ui/ translate. Codes are grouped by the room that reports them.
enum class ErrorCode : std::uint8_t {
    // base, model, edit
    InvalidArgument,
    InvalidTime,
    NotFound,
    TrackLocked,
    WrongTrackKind,
    InvariantBroken,
    // io, files
    FileNotFound,
    NotAFile,
    PermissionDenied,
    ReadFailed,
    WriteFailed,
    DiskFull,
    WouldReplaceSource,
    ParseFailed,
    UnsupportedVersion,
    TooLarge,
    // media
    UnsupportedFormat,
    UnsupportedCodec,
    UnsupportedPixelFormat,
    NoVideoStream,
    NoAudioStream,
    Truncated,
    Damaged,
    Encrypted,
    RefusedProtocol,
    DecodeFailed,
    EncodeFailed,
    PastEnd,
    // render
    NoVulkanDevice,
    VulkanFailed,
    OutOfMemory,
    NotGenerated, ///< a shot without a take
    // anywhere
    Cancelled,
};

/// A failure: its code and the facts that belong to it, for a person to read.
/// `subject` names the file, clip or option concerned; `detail` is a library's own words or the numbers at fault.
/// Neither is a sentence for users: app/ and ui/ write those from the code.
/// Thread: a value.
struct Error {
    ErrorCode code = ErrorCode::InvalidArgument;
    std::string subject;
    std::string detail;

    bool operator==(const Error&) const = default;
};

/// True of what is wrong with a file itself: it stays so until the file is another one.
bool isAboutContent(ErrorCode code);

/// The code's name as written above, for logs and machine-readable output.
const char* errorCodeName(ErrorCode code);

} // namespace timeline
