#include "ui/timeline/painters/ShotMarks.h"

#include "ui/style/Theme.h"

#include "timeline/model/Recipe.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

void paintSign(QPainter& painter, const QPointF& center, QRgb color) {
    QPainterPath triangle;
    triangle.moveTo(center + QPointF(0, -5.5));
    triangle.lineTo(center + QPointF(6, 5));
    triangle.lineTo(center + QPointF(-6, 5));
    triangle.closeSubpath();
    painter.fillPath(triangle, QColor::fromRgb(color));
    painter.fillRect(QRectF(center.x() - 0.8, center.y() - 1.8, 1.6, 3.6), Qt::black);
    painter.fillRect(QRectF(center.x() - 0.8, center.y() + 2.6, 1.6, 1.5), Qt::black);
}

void paintHatch(QPainter& painter, const QRectF& area) {
    painter.save();
    painter.setClipRect(area);
    painter.setPen(QPen(QColor(255, 255, 255, 26), 1.0));
    const double offset = std::fmod(std::abs(area.left()), 10.0);
    for (double x = area.left() - area.height() - offset; x < area.right(); x += 10.0) {
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()));
    }
    painter.restore();
}

void paintBadge(QPainter& painter, const ItemLook& look, int chosen, int count) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 130));
    painter.drawRoundedRect(look.badge, 4.0, 4.0);
    painter.setPen(QColor::fromRgb(colors::kText));
    painter.drawText(look.badge, Qt::AlignCenter,
                     chosen > 0 ? QStringLiteral("%1/%2 ▾").arg(chosen).arg(count)
                                : QStringLiteral("–/%1 ▾").arg(count));
}

void paintProgress(QPainter& painter, const ItemLook& look) {
    const QRectF bar(look.visible.left() + 4.0, look.rect.bottom() - 8.0, look.visible.width() - 8.0, 4.0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 140));
    painter.drawRoundedRect(bar, 2.0, 2.0);
    if (look.state.phase == ShotState::Phase::Running) {
        painter.setBrush(QColor::fromRgb(colors::kAccent));
        const double share = std::clamp(look.state.progress, 0.02, 1.0);
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * share, bar.height()), 2.0, 2.0);
    }
}

QString withPhase(const ItemLook& look, const QString& caption) {
    switch (look.state.phase) {
    case ShotState::Phase::Queued:
        return QCoreApplication::translate("Painters", "%1 · waiting", "shot's name").arg(caption);
    case ShotState::Phase::Running:
        return look.state.progress < 0.0
                   ? QCoreApplication::translate("Painters", "%1 · running", "shot's name").arg(caption)
                   : QCoreApplication::translate("Painters", "%1 · %2 %", "shot's name, progress")
                         .arg(caption)
                         .arg(static_cast<int>(look.state.progress * 100.0));
    case ShotState::Phase::Failed:
        return QCoreApplication::translate("Painters", "%1 · failed", "shot's name").arg(caption);
    case ShotState::Phase::Idle:
        break;
    }
    return look.state.isStale ? QCoreApplication::translate("Painters", "%1 · stale", "shot's name").arg(caption)
                              : caption;
}

} // namespace

void paintShotMarks(QPainter& painter, const ItemLook& look, const timeline::Clip& clip, const QString& caption) {
    const auto keys = timeline::takeKeys(clip);
    if (keys.empty()) {
        paintHatch(painter, look.visible.adjusted(2, 2, -2, -2));
    }
    const bool isFailed = look.state.phase == ShotState::Phase::Failed;
    const bool isMarked = isFailed || look.state.isStale;
    if (isMarked) {
        const QRgb color = isFailed ? colors::kRed : colors::kAmber;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor::fromRgb(color), 2.0));
        painter.drawRoundedRect(look.rect.adjusted(1.5, 1.5, -1.5, -1.5), 3.0, 3.0);
        if (look.visible.width() > 24.0) {
            paintSign(painter, QPointF(look.visible.left() + 13.0, look.rect.top() + 12.0), color);
        }
    }
    const bool hasBadge = !keys.empty() && !look.badge.isEmpty();
    ItemLook captionLook = look;
    if (hasBadge) {
        captionLook.visible.setRight(look.badge.left());
        const auto chosen = std::find(keys.begin(), keys.end(), clip.activeKey);
        paintBadge(painter, look, chosen == keys.end() ? 0 : static_cast<int>(chosen - keys.begin()) + 1,
                   static_cast<int>(keys.size()));
    }
    paintCaption(painter, captionLook, withPhase(look, caption), isMarked ? 16.0 : 0.0);
    if (look.state.phase == ShotState::Phase::Queued || look.state.phase == ShotState::Phase::Running) {
        paintProgress(painter, look);
    }
}

} // namespace ui
