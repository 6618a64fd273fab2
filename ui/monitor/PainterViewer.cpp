#include "ui/monitor/PainterViewer.h"

#include <QPainter>

namespace ui {

PainterViewer::PainterViewer(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void PainterViewer::showFrame(DisplayImagePtr frame) {
    m_frame = std::move(frame);
    update();
}

void PainterViewer::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Qt::black);
    if (!m_frame) {
        return;
    }
    const QImage image(m_frame->pixels.data(), m_frame->width, m_frame->height, m_frame->width * 4,
                       QImage::Format_RGBX8888);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(letterboxed(QSizeF(image.size()), QSizeF(size())), image);
}

} // namespace ui
