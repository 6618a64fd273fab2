#pragma once

#include "timeline/model/Ids.h"

#include <QObject>

class QAction;
class QMenu;

namespace timeline {
class TimelineDocument;
}

namespace ui {

class ShotPanel;
class ShotStates;

/// The Generate menu: the shot panel's button with a shortcut, new shots, takes, stale shots, cancelling.
/// Thread: GUI.
class GenerateActions : public QObject {
    Q_OBJECT

public:
    GenerateActions(timeline::TimelineDocument& document, ShotPanel& panel, ShotStates& states, QObject* parent);

    void fill(QMenu& menu) const;
    void fillContextMenu(QMenu& menu) const;

Q_SIGNALS:
    void newPromptRequested();
    void promptBoxRequested(timeline::ItemId promptClip); ///< to be written in on the timeline
    void regenerateStaleRequested();
    void cancelShotRequested();
    void cancelAllRequested();
    void errorRaised(const QString& text);

private:
    void refresh();
    void editPrompt();
    void stepTake(int by);

    timeline::TimelineDocument& m_document;
    ShotPanel& m_panel;
    ShotStates& m_states;
    QAction* m_generate;
    QAction* m_newShot;
    QAction* m_newPrompt;
    QAction* m_editPrompt;
    QAction* m_previousTake;
    QAction* m_nextTake;
    QAction* m_stale;
    QAction* m_cancel;
    QAction* m_cancelAll;
};

} // namespace ui
