#include "ui/timeline/painters/ClipPainter.h"

#include "ui/state/ClipArt.h"
#include "ui/style/Theme.h"
#include "ui/timeline/painters/ShotMarks.h"

#include "timeline/model/Generators.h"
#include "timeline/model/Query.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPaintDevice>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

const timeline::GeneratorReference* generatorOf(const timeline::Clip& clip) {
    const timeline::MediaReference* active = timeline::activeReference(clip);
    return active ? std::get_if<timeline::GeneratorReference>(active) : nullptr;
}

QRgb colorOf(const timeline::Clip& clip) {
    if (timeline::isShot(clip)) {
        return colors::kShotClip;
    }
    return generatorOf(clip) ? colors::kTitleClip : colors::kVideoClip;
}

QString captionOf(const timeline::Clip& clip) {
    const timeline::GeneratorReference* generator = generatorOf(clip);
    if (generator && generator->kind == timeline::kTitleKind) {
        return QString::fromStdString(timeline::titleFrom(generator->parameters).text).simplified();
    }
    if (!clip.name.empty()) {
        return QString::fromStdString(clip.name);
    }
    return timeline::isShot(clip) ? QCoreApplication::translate("Painters", "Shot") : QString();
}

/// Pictures side by side along the strip, each of the moment at its left edge.
void paintStrip(QPainter& painter, const ItemLook& look, const timeline::Clip& clip, const QRectF& strip) {
    const timeline::MediaReference* active = timeline::activeReference(clip);
    const auto* file = active ? std::get_if<timeline::ExternalReference>(active) : nullptr;
    if (!look.art || !file || strip.height() < 12.0 || strip.width() < 24.0) {
        return;
    }
    const double width = strip.height() * 16.0 / 9.0;
    const int pixels = static_cast<int>(std::lround(strip.height() * painter.device()->devicePixelRatioF()));
    const bool isStill = timeline::isStill(*active);
    painter.save();
    painter.setClipRect(strip.intersected(look.visible));
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const auto first = static_cast<int>(std::floor((look.visible.left() - strip.left()) / width));
    const auto last = static_cast<int>(std::ceil((look.visible.right() - strip.left()) / width));
    for (int i = std::max(0, first); i < last; ++i) {
        const double x = strip.left() + i * width;
        const auto frame = static_cast<std::int64_t>((x - look.rect.left()) / look.pixelsPerFrame);
        const timeline::RationalTime offset(isStill ? 0 : std::max<std::int64_t>(0, frame), look.rate);
        const QImage image = look.art->thumbnail(file->url, clip.sourceRange.start + offset, pixels);
        if (image.isNull()) {
            continue;
        }
        const QSizeF size = QSizeF(image.size()).scaled(QSizeF(width, strip.height()), Qt::KeepAspectRatio);
        QRectF place(QPointF(), size);
        place.moveCenter(QPointF(x + width / 2.0, strip.center().y()));
        painter.drawImage(place, image);
    }
    painter.restore();
}

} // namespace

void paintClip(QPainter& painter, const ItemLook& look, const timeline::Clip& clip) {
    paintBody(painter, look, colorOf(clip));
    const double line = QFontMetricsF(painter.font()).height() + 4.0;
    paintStrip(painter, look, clip, look.rect.adjusted(2.0, line + 2.0, -2.0, -3.0));
    if (timeline::isShot(clip)) {
        paintShotMarks(painter, look, clip, captionOf(clip));
    } else {
        paintCaption(painter, look, captionOf(clip));
    }
}

} // namespace ui
