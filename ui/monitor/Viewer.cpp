#include "ui/monitor/Viewer.h"

namespace ui {

QRectF letterboxed(QSizeF picture, QSizeF area) {
    if (picture.isEmpty() || area.isEmpty()) {
        return {};
    }
    const QSizeF size = picture.scaled(area, Qt::KeepAspectRatio);
    return {QPointF((area.width() - size.width()) / 2.0, (area.height() - size.height()) / 2.0), size};
}

} // namespace ui
