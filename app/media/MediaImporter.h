#pragma once

#include "app/jobs/Background.h"
#include "app/media/MediaClips.h"
#include "timeline/base/Result.h"
#include "timeline/document/TimelineDocument.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <vector>

namespace app {

/// Brings files into the bin and onto the timeline: probed in the background, then one undo step for all of them.
/// Numbered stills that come together are one sequence. Files that cannot be used are named; the others come in. What
/// ends after another project was opened is dropped.
/// Thread: GUI; probing on a thread of its own.
class MediaImporter : public QObject {
    Q_OBJECT

public:
    explicit MediaImporter(timeline::TimelineDocument& document, QObject* parent = nullptr);

    void importFiles(const QStringList& paths);
    /// One after another from `start` on. Pictures go to `track`, or the first that takes them, or a new one; their
    /// sound to the first Audio track that is free there, or a new one. On an empty timeline the first film sets size
    /// and rate of the sequence.
    void insertFiles(const QStringList& paths, timeline::TrackId track, timeline::RationalTime start);
    /// Out of the bin; what lies on the timeline stays, there and in the bin, which is said.
    void removeFiles(const QStringList& paths);
    /// What has not been read yet does not come in.
    void cancel();

Q_SIGNALS:
    void imported(const QString& text);
    /// Files that came without a track lie up to here: where the next ones go.
    void inserted(timeline::RationalTime end);
    /// Before each of several files is read: its number, from 1 on.
    void progressed(int number, int count);
    void failed(const QString& text);

private:
    void read(const QStringList& paths, std::function<void(const std::vector<MediaFile>&)> then);

    timeline::TimelineDocument& m_document;
    std::vector<std::stop_source> m_reading; ///< what the project that is open now waits for
    Background m_background;
};

/// The timeline with the files laid down, as insertFiles() says.
timeline::Result<timeline::Timeline> withFiles(timeline::Timeline timeline, const std::vector<MediaFile>& files,
                                               timeline::TrackId track, timeline::RationalTime start);

} // namespace app
