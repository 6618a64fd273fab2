#pragma once

#include "ui/monitor/Viewer.h"

#include <QWidget>

namespace ui {

/// Shows frames with QPainter.
/// Thread: GUI.
class PainterViewer : public QWidget, public Viewer {
    Q_OBJECT

public:
    explicit PainterViewer(QWidget* parent);

    QWidget* widget() override { return this; }
    void showFrame(DisplayImagePtr frame) override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    DisplayImagePtr m_frame;
};

} // namespace ui
