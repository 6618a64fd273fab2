#include "ui/timeline/painters/GapPainter.h"

#include "ui/style/Theme.h"

#include <QPainter>

namespace ui {

void paintGap(QPainter& painter, const ItemLook& look) {
    if (look.isSelected) {
        painter.setBrush(QColor(255, 255, 255, 16));
        painter.setPen(QPen(QColor::fromRgb(colors::kDimText), 1.0, Qt::DashLine));
        painter.drawRoundedRect(look.rect.adjusted(1, 1, -1, -1), 3.0, 3.0);
    }
}

void paintForeign(QPainter& painter, const ItemLook& look, const QString& name) {
    paintBody(painter, look, 0xff4a4d52);
    paintCaption(painter, look, name);
}

} // namespace ui
