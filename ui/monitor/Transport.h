#pragma once

#include "timeline/time/RationalTime.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace ui {

class Playhead;

/// The bar under the monitor: to start, step back, play or pause, step on, to end, loop, timecode and length.
/// It only asks; whoever plays answers with setSpeed() and through the playhead.
/// Thread: GUI.
class Transport : public QWidget {
    Q_OBJECT

public:
    explicit Transport(Playhead& playhead, QWidget* parent = nullptr);

    void setSequence(timeline::FrameRate rate, timeline::RationalTime duration);
    timeline::FrameRate rate() const { return m_rate; }
    timeline::RationalTime duration() const { return m_duration; }
    int speed() const { return m_speed; } ///< 0: paused, 1: plays, -2: backwards twice as fast
    bool isLooping() const;

    void setSpeed(int speed); ///< what the player does now
    void setLooping(bool looping);
    void setLive(bool live);

    void togglePlay();
    void shuttle(int direction); ///< J (-1), K (0), L (+1): each press doubles, up to 8 times
    void step(int frames);
    void goToStart();
    void goToEnd();

Q_SIGNALS:
    void speedRequested(int speed);
    void loopRequested(bool looping);

private:
    void buildButtons();
    void refresh();
    void refreshPlay();
    void readTimecode();

    Playhead& m_playhead;
    timeline::FrameRate m_rate;
    timeline::RationalTime m_duration;
    int m_speed = 0;
    QToolButton* m_start = nullptr;
    QToolButton* m_back = nullptr;
    QToolButton* m_play = nullptr;
    QToolButton* m_forward = nullptr;
    QToolButton* m_end = nullptr;
    QToolButton* m_loop = nullptr;
    QLineEdit* m_timecode = nullptr;
    QLabel* m_length = nullptr;
    QLabel* m_live = nullptr;
};

} // namespace ui
