#include "ui/timeline/TimelineRuler.h"

#include "ui/state/Playhead.h"
#include "ui/style/Theme.h"
#include "ui/timeline/TimelineCanvas.h"
#include "ui/timeline/painters/RulerPainter.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>

namespace ui {

TimelineRuler::TimelineRuler(TimelineCanvas& canvas, Playhead& playhead, QWidget* parent)
    : QWidget(parent), m_canvas(canvas), m_playhead(playhead) {
    setObjectName(QStringLiteral("timelineRuler"));
    setAccessibleName(tr("Time ruler"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    const auto redraw = [this] { update(); };
    connect(&canvas, &TimelineCanvas::layoutChanged, this, redraw);
    connect(&playhead, &Playhead::moved, this, redraw);
    connect(&playhead, &Playhead::rangeChanged, this, redraw);
}

QSize TimelineRuler::sizeHint() const {
    return {400, fontMetrics().height() + 14};
}

void TimelineRuler::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const TimelineLayout& layout = m_canvas.layout();
    painter.fillRect(rect(), QColor::fromRgb(colors::kPanel));
    if (const auto& range = m_playhead.range()) {
        const double from = layout.xAt(static_cast<double>(range->start.rescaledTo(layout.rate()).value()));
        const double to = layout.xAt(static_cast<double>(range->end().rescaledTo(layout.rate()).value()));
        painter.fillRect(QRectF(from, 0, to - from, height()), QColor(91, 156, 240, 60));
    }
    paintRuler(painter, layout, rect());
    painter.setPen(QColor::fromRgb(colors::kLine));
    painter.drawLine(0, height() - 1, width(), height() - 1);

    const double x = layout.xAt(
        static_cast<double>(m_playhead.position().rescaledTo(layout.rate(), timeline::Rounding::Floor).value()));
    QPainterPath head;
    head.addPolygon(QPolygonF({QPointF(x - 6, height() - 14), QPointF(x + 6, height() - 14),
                               QPointF(x + 6, height() - 7), QPointF(x, height() - 1), QPointF(x - 6, height() - 7)}));
    head.closeSubpath();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(head, QColor::fromRgb(colors::kPlayhead));
}

void TimelineRuler::seekTo(double x) {
    m_playhead.seek(m_canvas.layout().time(m_canvas.layout().frameAt(x)));
}

void TimelineRuler::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        seekTo(event->position().x());
    }
}

void TimelineRuler::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) {
        seekTo(event->position().x());
    }
}

void TimelineRuler::wheelEvent(QWheelEvent* event) {
    m_canvas.turn(*event);
    event->accept();
}

} // namespace ui
