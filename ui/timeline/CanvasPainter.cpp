#include "ui/timeline/CanvasPainter.h"

#include "ui/state/Selection.h"
#include "ui/state/ShotStates.h"
#include "ui/style/Theme.h"
#include "ui/timeline/painters/AudioPainter.h"
#include "ui/timeline/painters/ClipPainter.h"
#include "ui/timeline/painters/GapPainter.h"
#include "ui/timeline/painters/PromptPainter.h"
#include "ui/timeline/painters/StylePainter.h"
#include "ui/timeline/painters/TransitionPainter.h"

#include <QPainter>

namespace ui {
namespace {

QRgb rowColor(timeline::TrackKind kind) {
    switch (kind) {
    case timeline::TrackKind::Prompt:
        return 0xff26231e;
    case timeline::TrackKind::Style:
        return 0xff261f23;
    case timeline::TrackKind::Mask:
        return 0xff261f1f;
    case timeline::TrackKind::Audio:
        return 0xff1d2422;
    default:
        return 0xff202226;
    }
}

ItemLook lookOf(const CanvasLook& look, const TrackRow& row, const ItemBox& box) {
    const TimelineLayout& layout = look.layout;
    const timeline::Track& track = layout.timeline().tracks[row.track];
    const timeline::Clip* clip = timeline::asClip(box.item);
    const timeline::ItemId id = timeline::itemId(*box.item);
    ItemLook item;
    item.rect = layout.boxRect(row, box);
    item.visible = item.rect.intersected(QRectF(0, item.rect.top(), layout.viewport().width(), item.rect.height()));
    item.badge = layout.badgeRect(item.rect);
    item.track = track.kind;
    item.pixelsPerFrame = layout.scale().pixelsPerFrame;
    item.rate = layout.rate();
    item.isSelected = look.selection.contains(id);
    item.isDimmed = !track.enabled || (clip && !clip->enabled);
    item.state = clip ? look.states.state(id) : ShotState{};
    item.art = look.art;
    return item;
}

void paintItem(QPainter& painter, const ItemLook& item, const ItemBox& box) {
    const timeline::Clip* clip = timeline::asClip(box.item);
    if (!clip) {
        if (const auto* foreign = std::get_if<timeline::ForeignItem>(box.item.get())) {
            paintForeign(painter, item, QString::fromStdString(foreign->name));
        } else {
            paintGap(painter, item);
        }
        return;
    }
    switch (item.track) {
    case timeline::TrackKind::Prompt:
        paintPromptClip(painter, item, *clip);
        break;
    case timeline::TrackKind::Style:
        paintStyleClip(painter, item, *clip);
        break;
    case timeline::TrackKind::Mask:
        paintMaskClip(painter, item, *clip);
        break;
    case timeline::TrackKind::Audio:
        paintAudioClip(painter, item, *clip);
        break;
    case timeline::TrackKind::Video:
        paintClip(painter, item, *clip);
        break;
    case timeline::TrackKind::Foreign:
        paintForeign(painter, item, QString::fromStdString(clip->name));
        break;
    }
}

void paintLock(QPainter& painter, const QRectF& rect) {
    painter.save();
    painter.setClipRect(rect);
    painter.setPen(QPen(QColor(0, 0, 0, 90), 1.0));
    for (double x = rect.left() - rect.height(); x < rect.right(); x += 8.0) {
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
    }
    painter.restore();
}

void paintRow(QPainter& painter, const CanvasLook& look, const TrackRow& row) {
    const QRectF rect = look.layout.rowRect(row);
    const timeline::Track& track = look.layout.timeline().tracks[row.track];
    painter.fillRect(rect, QColor::fromRgb(rowColor(track.kind)));
    const auto [first, last] = look.layout.visibleItems(row);
    for (std::size_t i = first; i < last; ++i) {
        const ItemLook item = lookOf(look, row, row.items[i]);
        // Clips narrower than a pixel are one bar each pixel column; painting them all would cost more than it shows.
        if (item.rect.width() < 0.5 && i > first &&
            static_cast<int>(item.rect.left()) == static_cast<int>(look.layout.boxRect(row, row.items[i - 1]).left())) {
            continue;
        }
        paintItem(painter, item, row.items[i]);
    }
    for (const ItemBox& box : row.transitions) {
        const ItemLook item = lookOf(look, row, box);
        if (!item.visible.isEmpty()) {
            paintTransition(painter, item);
        }
    }
    if (track.locked) {
        paintLock(painter, rect);
    }
}

void paintRange(QPainter& painter, const CanvasLook& look, const QRectF& area) {
    if (!look.range) {
        return;
    }
    const double from = look.layout.xAt(static_cast<double>(look.range->start.rescaledTo(look.layout.rate()).value()));
    const double to = look.layout.xAt(static_cast<double>(look.range->end().rescaledTo(look.layout.rate()).value()));
    const QColor shade(0, 0, 0, 110);
    painter.fillRect(QRectF(area.left(), area.top(), from - area.left(), area.height()), shade);
    painter.fillRect(QRectF(to, area.top(), area.right() - to, area.height()), shade);
}

void paintOverlay(QPainter& painter, const CanvasLook& look, const QRectF& area) {
    const ToolOverlay& overlay = look.overlay;
    if (!overlay.band.isEmpty()) {
        painter.setPen(QPen(QColor::fromRgb(colors::kAccent), 1.0));
        painter.setBrush(QColor(91, 156, 240, 50));
        painter.drawRect(overlay.band);
    }
    if (overlay.snapFrame) {
        const double x = look.layout.xAt(static_cast<double>(*overlay.snapFrame));
        painter.setPen(QPen(QColor(255, 220, 90), 1.0, Qt::DashLine));
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
    if (overlay.bladeFrame) {
        const double x = look.layout.xAt(static_cast<double>(*overlay.bladeFrame));
        const TrackRow* row = overlay.bladeTrack ? look.layout.rowOf(*overlay.bladeTrack) : nullptr;
        const QRectF rect = row ? look.layout.rowRect(*row) : area;
        painter.setPen(QPen(Qt::white, 1.0));
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()));
    }
}

} // namespace

void paintCanvas(QPainter& painter, const CanvasLook& look, const QRectF& area) {
    painter.fillRect(area, QColor::fromRgb(0xff18191b));
    painter.setRenderHint(QPainter::Antialiasing);
    for (const TrackRow& row : look.layout.rows()) {
        if (look.layout.rowRect(row).intersects(area)) {
            paintRow(painter, look, row);
        }
    }
    paintRange(painter, look, area);
    paintOverlay(painter, look, area);
    const double x = look.layout.xAt(static_cast<double>(look.playhead));
    painter.setPen(QPen(QColor::fromRgb(colors::kPlayhead), 1.0));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
}

} // namespace ui
