#pragma once

#include <QWidget>

namespace ui {

class Playhead;
class TimelineCanvas;

/// The timecodes over the tracks; press or drag to move the playhead. The marked range shows as a bar.
/// Thread: GUI.
class TimelineRuler : public QWidget {
    Q_OBJECT

public:
    TimelineRuler(TimelineCanvas& canvas, Playhead& playhead, QWidget* parent);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void seekTo(double x);

    TimelineCanvas& m_canvas;
    Playhead& m_playhead;
};

} // namespace ui
