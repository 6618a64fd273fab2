#include "ui/timeline/painters/AudioPainter.h"

#include "ui/state/ClipArt.h"
#include "ui/style/Theme.h"

#include "timeline/model/Query.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

void paintWaveform(QPainter& painter, const ItemLook& look, const timeline::Clip& clip, const QRectF& area) {
    const timeline::MediaReference* active = timeline::activeReference(clip);
    const auto* file = active ? std::get_if<timeline::ExternalReference>(active) : nullptr;
    const int columns = static_cast<int>(area.width());
    if (!look.art || !file || columns < 2 || area.height() < 6.0) {
        return;
    }
    const double firstFrame = (area.left() - look.rect.left()) / look.pixelsPerFrame;
    const double frames = area.width() / look.pixelsPerFrame;
    const double perSecond = look.rate.toDouble();
    const timeline::FrameRate fine(48000);
    const timeline::TimeRange range{clip.sourceRange.start +
                                        timeline::RationalTime::fromSeconds(firstFrame / perSecond, fine),
                                    timeline::RationalTime::fromSeconds(frames / perSecond, fine)};
    const Peaks peaks = look.art->peaks(file->url, range, columns);
    if (peaks.empty()) {
        return;
    }
    const double gain = std::pow(10.0, clip.properties.gainDb / 20.0);
    const double middle = area.center().y();
    const double step = area.width() / static_cast<double>(peaks.size());
    QPainterPath wave;
    for (std::size_t i = 0; i < peaks.size(); ++i) {
        const double half = std::max(0.5, std::min(1.0, static_cast<double>(peaks[i]) * gain) * area.height() / 2.0);
        wave.addRect(QRectF(area.left() + static_cast<double>(i) * step, middle - half, step, 2.0 * half));
    }
    painter.fillPath(wave, QColor(160, 225, 205, look.isDimmed ? 60 : 170));
}

} // namespace

void paintAudioClip(QPainter& painter, const ItemLook& look, const timeline::Clip& clip) {
    paintBody(painter, look, colors::kAudioClip);
    const double line = QFontMetricsF(painter.font()).height() + 2.0;
    paintWaveform(painter, look, clip, look.visible.adjusted(0.0, line, 0.0, -2.0));
    const QString name = QString::fromStdString(clip.name);
    const double gain = clip.properties.gainDb;
    paintCaption(
        painter, look,
        gain == 0.0
            ? name
            : QCoreApplication::translate("Painters", "%1 · %2 dB", "name, gain").arg(name).arg(gain, 0, 'f', 1));
}

} // namespace ui
