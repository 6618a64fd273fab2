#pragma once

#include <QString>
#include <QStringList>

class QMimeData;

namespace ui {

/// The drag format of media out of the bin: one encoded file URL a line.
inline constexpr const char* kMediaMimeType = "application/x-fantascope-media";

/// Also sets the file URLs, so that other programs take them. Ownership goes to the caller, as QMimeData has it.
QMimeData* mimeFromPaths(const QStringList& paths);
/// The local files in a drop, from the bin or the desktop; empty when there are none.
QStringList pathsFromMime(const QMimeData* mime);
bool hasPaths(const QMimeData* mime);

} // namespace ui
