#pragma once

#include <QObject>

class QAction;
class QMenu;

namespace timeline {
class TimelineDocument;
}

namespace ui {

class Playhead;
class Transport;

/// The Playback menu: play, shuttle, step, jump from cut to cut, mark in and out.
/// Thread: GUI.
class PlaybackActions : public QObject {
    Q_OBJECT

public:
    PlaybackActions(timeline::TimelineDocument& document, Playhead& playhead, Transport& transport, QObject* parent);

    void fill(QMenu& menu) const;

private:
    void jump(int direction);
    void markIn();
    void markOut();

    timeline::TimelineDocument& m_document;
    Playhead& m_playhead;
    Transport& m_transport;
    QList<QAction*> m_play;
    QList<QAction*> m_go;
    QList<QAction*> m_mark;
};

} // namespace ui
