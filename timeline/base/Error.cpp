#include "timeline/base/Error.h"

namespace timeline {

bool isAboutContent(ErrorCode code) {
    switch (code) {
    case ErrorCode::NotAFile:
    case ErrorCode::ParseFailed:
    case ErrorCode::UnsupportedVersion:
    case ErrorCode::TooLarge:
    case ErrorCode::UnsupportedFormat:
    case ErrorCode::UnsupportedCodec:
    case ErrorCode::UnsupportedPixelFormat:
    case ErrorCode::NoVideoStream:
    case ErrorCode::NoAudioStream:
    case ErrorCode::Truncated:
    case ErrorCode::Damaged:
    case ErrorCode::Encrypted:
    case ErrorCode::RefusedProtocol:
    case ErrorCode::DecodeFailed:
        return true;
    default:
        return false;
    }
}

const char* errorCodeName(ErrorCode code) {
    switch (code) {
    case ErrorCode::InvalidArgument:
        return "InvalidArgument";
    case ErrorCode::InvalidTime:
        return "InvalidTime";
    case ErrorCode::NotFound:
        return "NotFound";
    case ErrorCode::TrackLocked:
        return "TrackLocked";
    case ErrorCode::WrongTrackKind:
        return "WrongTrackKind";
    case ErrorCode::InvariantBroken:
        return "InvariantBroken";
    case ErrorCode::FileNotFound:
        return "FileNotFound";
    case ErrorCode::NotAFile:
        return "NotAFile";
    case ErrorCode::PermissionDenied:
        return "PermissionDenied";
    case ErrorCode::ReadFailed:
        return "ReadFailed";
    case ErrorCode::WriteFailed:
        return "WriteFailed";
    case ErrorCode::DiskFull:
        return "DiskFull";
    case ErrorCode::WouldReplaceSource:
        return "WouldReplaceSource";
    case ErrorCode::ParseFailed:
        return "ParseFailed";
    case ErrorCode::UnsupportedVersion:
        return "UnsupportedVersion";
    case ErrorCode::TooLarge:
        return "TooLarge";
    case ErrorCode::UnsupportedFormat:
        return "UnsupportedFormat";
    case ErrorCode::UnsupportedCodec:
        return "UnsupportedCodec";
    case ErrorCode::UnsupportedPixelFormat:
        return "UnsupportedPixelFormat";
    case ErrorCode::NoVideoStream:
        return "NoVideoStream";
    case ErrorCode::NoAudioStream:
        return "NoAudioStream";
    case ErrorCode::Truncated:
        return "Truncated";
    case ErrorCode::Damaged:
        return "Damaged";
    case ErrorCode::Encrypted:
        return "Encrypted";
    case ErrorCode::RefusedProtocol:
        return "RefusedProtocol";
    case ErrorCode::DecodeFailed:
        return "DecodeFailed";
    case ErrorCode::EncodeFailed:
        return "EncodeFailed";
    case ErrorCode::PastEnd:
        return "PastEnd";
    case ErrorCode::NoVulkanDevice:
        return "NoVulkanDevice";
    case ErrorCode::VulkanFailed:
        return "VulkanFailed";
    case ErrorCode::OutOfMemory:
        return "OutOfMemory";
    case ErrorCode::NotGenerated:
        return "NotGenerated";
    case ErrorCode::Cancelled:
        return "Cancelled";
    }
    return "Unknown";
}

} // namespace timeline
