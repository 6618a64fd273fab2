#pragma once

#include "timeline/base/Result.h"
#include "timeline/document/TimelineChange.h"
#include "timeline/model/Timeline.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <functional>
#include <vector>

class QUndoStack;

namespace timeline {

/// Marks the steps of one drag, which undo as one. 0: a step of its own.
using GestureId = std::uint64_t;
GestureId newGesture();

/// The project that is open: the current value, its history and whether it is saved. Reading and writing files is the
/// caller's: reset() takes what was read, timeline() is what to write, markSaved() says that it is on disk.
/// Invariant: timeline() is never null; each change is one step of the undo stack, and is announced by changed().
/// Thread: the GUI thread; the values it hands out can go anywhere.
class TimelineDocument : public QObject {
    Q_OBJECT

public:
    static constexpr int kUndoLimit = 1000;

    explicit TimelineDocument(QObject* parent = nullptr);
    ~TimelineDocument() override;

    const TimelinePtr& timeline() const { return m_timeline; }

    /// Another project: the history goes. Empty path: never saved.
    void reset(Timeline timeline, const QString& filePath = {});

    /// Takes what an edit returned as one step called `text` (translated, for the Undo menu). An edit that failed
    /// passes its error on; one that changed nothing is no step. Steps of one gesture merge into one, which goes from
    /// the value before the first to the value after the last; a gesture that ends where it began leaves no step.
    Result<void> apply(const QString& text, Result<Timeline> edited, GestureId gesture = 0);

    /// Back to before the gesture, without a step to redo. Nothing when the last step is not of this gesture.
    void cancelGesture(GestureId gesture);

    /// The gesture that is going on (see OpenGesture), or 0. Any step that is not of it ends it.
    GestureId openGesture() const { return m_openGesture; }
    void setOpenGesture(GestureId gesture);
    /// Runs an edit that nobody's hand makes, as a take that arrives: now, or when the hand has let go of what it
    /// drags. Dropped when another project is opened before that.
    void whenSettled(std::function<void()> edit);

    QUndoStack& undoStack() { return *m_undoStack; }

    const QString& filePath() const { return m_filePath; }
    bool isModified() const;
    /// What timeline() is now lies in this file.
    void markSaved(const QString& filePath);

Q_SIGNALS:
    void changed(const timeline::TimelineChange& change);
    /// After reset(): forget what was known about the old project.
    void wasReset();
    void modifiedChanged(bool modified);
    void filePathChanged(const QString& filePath);

private:
    class Command;

    const Command* lastCommand() const;
    void setTimeline(TimelinePtr timeline);
    void runWaiting();

    TimelinePtr m_timeline;
    QUndoStack* m_undoStack;
    QString m_filePath;
    GestureId m_openGesture = 0;
    std::vector<std::function<void()>> m_waiting;
};

} // namespace timeline
