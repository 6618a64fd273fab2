#include "ui/text/ErrorText.h"

#include <QCoreApplication>

namespace ui {
namespace {

const char* sentence(timeline::ErrorCode code) {
    using enum timeline::ErrorCode;
    switch (code) {
    case InvalidArgument:
        return QT_TRANSLATE_NOOP("ErrorText", "This cannot be done here.");
    case InvalidTime:
        return QT_TRANSLATE_NOOP("ErrorText", "This is not a valid time.");
    case NotFound:
        return QT_TRANSLATE_NOOP("ErrorText", "It is no longer there.");
    case TrackLocked:
        return QT_TRANSLATE_NOOP("ErrorText", "The track is locked.");
    case WrongTrackKind:
        return QT_TRANSLATE_NOOP("ErrorText", "This does not belong on a track of this kind.");
    case InvariantBroken:
        return QT_TRANSLATE_NOOP("ErrorText", "The result would not be a valid timeline.");
    case FileNotFound:
        return QT_TRANSLATE_NOOP("ErrorText", "The file does not exist.");
    case NotAFile:
        return QT_TRANSLATE_NOOP("ErrorText", "This is not a file.");
    case PermissionDenied:
        return QT_TRANSLATE_NOOP("ErrorText", "Permission was denied.");
    case ReadFailed:
        return QT_TRANSLATE_NOOP("ErrorText", "The file could not be read.");
    case WriteFailed:
        return QT_TRANSLATE_NOOP("ErrorText", "The file could not be written.");
    case DiskFull:
        return QT_TRANSLATE_NOOP("ErrorText", "The disk is full.");
    case WouldReplaceSource:
        return QT_TRANSLATE_NOOP("ErrorText", "The project uses this file: choose another name for the result.");
    case ParseFailed:
        return QT_TRANSLATE_NOOP("ErrorText", "The file is not what it should be.");
    case UnsupportedVersion:
        return QT_TRANSLATE_NOOP("ErrorText", "The file is of a version that is not supported.");
    case TooLarge:
        return QT_TRANSLATE_NOOP("ErrorText", "It is too large.");
    case UnsupportedFormat:
        return QT_TRANSLATE_NOOP("ErrorText", "The file's format is not supported.");
    case UnsupportedCodec:
        return QT_TRANSLATE_NOOP("ErrorText", "The file's codec is not supported.");
    case UnsupportedPixelFormat:
        return QT_TRANSLATE_NOOP("ErrorText", "The file's pixel format is not supported.");
    case NoVideoStream:
        return QT_TRANSLATE_NOOP("ErrorText", "There is no picture in the file.");
    case NoAudioStream:
        return QT_TRANSLATE_NOOP("ErrorText", "There is no sound in the file.");
    case Truncated:
        return QT_TRANSLATE_NOOP("ErrorText", "The file ends too early.");
    case Damaged:
        return QT_TRANSLATE_NOOP("ErrorText", "The file is damaged.");
    case Encrypted:
        return QT_TRANSLATE_NOOP("ErrorText", "The file is encrypted.");
    case RefusedProtocol:
        return QT_TRANSLATE_NOOP("ErrorText", "Only files on this machine can be used.");
    case DecodeFailed:
        return QT_TRANSLATE_NOOP("ErrorText", "The file could not be decoded.");
    case EncodeFailed:
        return QT_TRANSLATE_NOOP("ErrorText", "The film could not be encoded.");
    case PastEnd:
        return QT_TRANSLATE_NOOP("ErrorText", "The time is past the end of the file.");
    case NoVulkanDevice:
        return QT_TRANSLATE_NOOP("ErrorText", "There is no Vulkan device.");
    case VulkanFailed:
        return QT_TRANSLATE_NOOP("ErrorText", "Vulkan failed.");
    case OutOfMemory:
        return QT_TRANSLATE_NOOP("ErrorText", "There is not enough memory.");
    case NotGenerated:
        return QT_TRANSLATE_NOOP("ErrorText", "The shot was not generated yet: a slate is in its place.");
    case Cancelled:
        return QT_TRANSLATE_NOOP("ErrorText", "Cancelled.");
    }
    return QT_TRANSLATE_NOOP("ErrorText", "This cannot be done here.");
}

} // namespace

QString errorText(const timeline::Error& error) {
    QString text = QCoreApplication::translate("ErrorText", sentence(error.code));
    if (!error.subject.empty()) {
        text = QCoreApplication::translate("ErrorText", "%1: %2", "what it is about: what went wrong")
                   .arg(QString::fromStdString(error.subject), text);
    }
    if (!error.detail.empty()) {
        text += QStringLiteral(" (%1)").arg(QString::fromStdString(error.detail));
    }
    return text;
}

} // namespace ui
