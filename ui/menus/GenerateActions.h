#pragma once

#include "timeline/model/Ids.h"

#include <QList>
#include <QObject>

class QAction;
class QMenu;

namespace timeline {
class TimelineDocument;
}

namespace ui {

class Playhead;
class Selection;
class ShotPanel;
class ShotStates;
struct ContinuedShot;

/// What the Generate menu works with; all of it outlives the menu.
struct GenerateParts {
    timeline::TimelineDocument& document;
    Selection& selection;
    Playhead& playhead;
    ShotPanel& panel;
    ShotStates& states;
};

/// The Generate menu: the shot panel's button with a shortcut, new shots, shots that go on from others, takes, stale
/// shots, pausing, cancelling.
/// Thread: GUI.
class GenerateActions : public QObject {
    Q_OBJECT

public:
    GenerateActions(const GenerateParts& parts, QObject* parent);

    void fill(QMenu& menu) const;
    void fillContextMenu(QMenu& menu) const;

Q_SIGNALS:
    void newPromptRequested();
    void promptBoxRequested(timeline::ItemId promptClip); ///< to be written in on the timeline
    void regenerateStaleRequested();
    void cancelShotRequested();
    void cancelAllRequested();
    void pauseRequested(); ///< the running job pauses, or the paused ones go on
    void told(const QString& text);
    void errorRaised(const QString& text);

private:
    void makeContinuations();
    void extendForward();
    void extendBackward();
    void fillGap();
    void retake();
    void adopt(const QString& text, ContinuedShot shot);
    void refresh();
    void editPrompt();
    void stepTake(int by);

    GenerateParts m_parts;
    QAction* m_generate;
    QAction* m_takes;
    QAction* m_newShot;
    QAction* m_newPrompt;
    QAction* m_editPrompt;
    QAction* m_previousTake;
    QAction* m_nextTake;
    QAction* m_stale;
    QList<QAction*> m_continuations; ///< forward, backward, fill, retake
    QAction* m_pause;
    QAction* m_cancel;
    QAction* m_cancelAll;
};

} // namespace ui
