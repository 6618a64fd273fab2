#include "ui/timeline/painters/ItemLook.h"

#include "ui/style/Theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace ui {

void paintBody(QPainter& painter, const ItemLook& look, QRgb color) {
    const QRectF box = look.rect.adjusted(0.5, 0.5, -0.5, -0.5);
    if (box.width() < 3.0) {
        painter.fillRect(look.rect, QColor::fromRgb(color));
        return;
    }
    QColor fill = QColor::fromRgb(color);
    if (look.isDimmed) {
        fill = QColor::fromHslF(fill.hslHueF(), fill.hslSaturationF() * 0.3F, fill.lightnessF() * 0.6F);
    }
    painter.setBrush(fill);
    painter.setPen(look.isSelected ? QPen(Qt::white, 2.0) : QPen(fill.lighter(135), 1.0));
    painter.drawRoundedRect(look.isSelected ? box.adjusted(0.5, 0.5, -0.5, -0.5) : box, 3.0, 3.0);
}

void paintCaption(QPainter& painter, const ItemLook& look, const QString& text, double left) {
    const QRectF place = look.visible.adjusted(6.0 + left, 3.0, -4.0, 0.0);
    if (place.width() < 14.0) {
        return;
    }
    const QFontMetricsF metrics(painter.font());
    painter.setPen(QColor::fromRgb(look.isDimmed ? colors::kDimText : colors::kText));
    painter.drawText(QRectF(place.left(), place.top(), place.width(), metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, place.width()));
}

} // namespace ui
