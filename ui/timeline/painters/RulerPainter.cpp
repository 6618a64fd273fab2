#include "ui/timeline/painters/RulerPainter.h"

#include "ui/style/Theme.h"
#include "ui/text/TimeText.h"

#include <QFontMetricsF>
#include <QPainter>

#include <array>

namespace ui {

RulerSteps rulerSteps(double pixelsPerFrame, timeline::FrameRate rate, double labelWidth) {
    const std::int64_t second = rate.nominal();
    const std::array<RulerSteps, 15> choices{{{1, 1},
                                              {2, 1},
                                              {5, 1},
                                              {10, 5},
                                              {second, std::max<std::int64_t>(1, second / 5)},
                                              {2 * second, second},
                                              {5 * second, second},
                                              {10 * second, 5 * second},
                                              {30 * second, 10 * second},
                                              {60 * second, 10 * second},
                                              {300 * second, 60 * second},
                                              {600 * second, 300 * second},
                                              {1800 * second, 600 * second},
                                              {3600 * second, 1800 * second},
                                              {36000 * second, 3600 * second}}};
    for (const RulerSteps& steps : choices) {
        if (static_cast<double>(steps.major) * pixelsPerFrame >= labelWidth) {
            return steps;
        }
    }
    return {360000 * second, 36000 * second};
}

void paintRuler(QPainter& painter, const TimelineLayout& layout, const QRectF& area) {
    const QFontMetricsF metrics(painter.font());
    const RulerSteps steps = rulerSteps(layout.scale().pixelsPerFrame, layout.rate(),
                                        metrics.horizontalAdvance(QStringLiteral("00:00:00:00")) + 24.0);
    const std::int64_t first = layout.frameAt(area.left()) / steps.minor * steps.minor;
    const std::int64_t last = layout.frameAt(area.right()) + steps.minor;
    for (std::int64_t frame = first; frame <= last; frame += steps.minor) {
        const double x = layout.xAt(static_cast<double>(frame));
        const bool isMajor = frame % steps.major == 0;
        painter.setPen(QColor::fromRgb(isMajor ? 0xff6a6e74 : 0xff4a4d52));
        painter.drawLine(QPointF(x, area.bottom() - (isMajor ? 9.0 : 5.0)), QPointF(x, area.bottom()));
    }
    const std::int64_t firstMajor = layout.frameAt(area.left() - 100.0) / steps.major * steps.major;
    painter.setPen(QColor::fromRgb(colors::kDimText));
    const timeline::RationalTime zero =
        layout.timeline().globalStart.value_or(timeline::RationalTime(0, layout.rate()));
    for (std::int64_t frame = firstMajor; frame <= last; frame += steps.major) {
        const double x = layout.xAt(static_cast<double>(frame));
        painter.drawText(QRectF(x + 4.0, area.top(), 200.0, area.height() - 8.0), Qt::AlignLeft | Qt::AlignVCenter,
                         timecodeText(zero.rescaledTo(layout.rate()) + layout.time(frame)));
    }
}

} // namespace ui
