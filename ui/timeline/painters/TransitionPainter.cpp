#include "ui/timeline/painters/TransitionPainter.h"

#include "ui/style/Theme.h"

#include <QPainter>
#include <QPainterPath>

namespace ui {

void paintTransition(QPainter& painter, const ItemLook& look) {
    const QRectF band = look.rect.adjusted(0.5, look.rect.height() * 2.0 / 3.0, -0.5, -1.5);
    painter.setBrush(QColor(20, 21, 23, 200));
    painter.setPen(
        QPen(look.isSelected ? QColor(Qt::white) : QColor::fromRgb(colors::kDimText), look.isSelected ? 2.0 : 1.0));
    painter.drawRoundedRect(band, 2.0, 2.0);
    QPainterPath rising;
    rising.moveTo(band.bottomLeft());
    rising.lineTo(band.topRight());
    rising.lineTo(band.bottomRight());
    rising.closeSubpath();
    painter.fillPath(rising, QColor(255, 255, 255, 70));
}

} // namespace ui
