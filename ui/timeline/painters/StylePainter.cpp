#include "ui/timeline/painters/StylePainter.h"

#include "ui/state/ClipArt.h"
#include "ui/style/Theme.h"

#include "timeline/model/Query.h"

#include <QCoreApplication>
#include <QPaintDevice>
#include <QPainter>

#include <cmath>

namespace ui {
namespace {

/// @return the width taken
double paintPicture(QPainter& painter, const ItemLook& look, const timeline::Clip& clip) {
    const timeline::MediaReference* active = timeline::activeReference(clip);
    const auto* file = active ? std::get_if<timeline::ExternalReference>(active) : nullptr;
    if (!look.art || !file || look.visible.width() < 40.0) {
        return 0.0;
    }
    const QRectF box(look.visible.left() + 3.0, look.rect.top() + 3.0, 0.0, look.rect.height() - 6.0);
    const int pixels = static_cast<int>(std::lround(box.height() * painter.device()->devicePixelRatioF()));
    const QImage image = look.art->thumbnail(file->url, clip.sourceRange.start, pixels);
    if (image.isNull()) {
        return 0.0;
    }
    const double width = std::min(box.height() * image.width() / image.height(), look.visible.width() / 2.0);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(box.left(), box.top(), width, box.height()), image);
    return width + 3.0;
}

} // namespace

void paintStyleClip(QPainter& painter, const ItemLook& look, const timeline::Clip& clip) {
    paintBody(painter, look, colors::kStyleClip);
    const double taken = paintPicture(painter, look, clip);
    const int percent = static_cast<int>(std::lround(clip.properties.opacity * 100.0));
    const QString name = QString::fromStdString(clip.name);
    paintCaption(painter, look,
                 percent == 100
                     ? name
                     : QCoreApplication::translate("Painters", "%1 · %2 %", "name, strength").arg(name).arg(percent),
                 taken);
}

void paintMaskClip(QPainter& painter, const ItemLook& look, const timeline::Clip& clip) {
    paintBody(painter, look, colors::kMaskClip);
    paintCaption(painter, look, QString::fromStdString(clip.name), paintPicture(painter, look, clip));
}

} // namespace ui
