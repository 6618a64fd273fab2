#pragma once

#include "ui/state/ShotStates.h"

#include "timeline/model/Track.h"

#include <QRectF>
#include <QRgb>

class QPainter;

namespace ui {

class ClipArt;

/// All a painter needs to draw one item.
struct ItemLook {
    QRectF rect;    ///< the whole item; may reach far out of sight
    QRectF visible; ///< the part in sight: texts stand here
    QRectF badge;   ///< TimelineLayout::badgeRect()
    timeline::TrackKind track = timeline::TrackKind::Video;
    double pixelsPerFrame = 1.0;
    timeline::FrameRate rate;
    bool isSelected = false;
    bool isDimmed = false; ///< hidden, muted or switched off
    ShotState state;
    ClipArt* art = nullptr; ///< null: no pictures
};

/// The item's frame: filled and rounded, with the selection's outline.
void paintBody(QPainter& painter, const ItemLook& look, QRgb color);
/// A line of text in the visible part; `left` pixels are taken already.
void paintCaption(QPainter& painter, const ItemLook& look, const QString& text, double left = 0.0);

} // namespace ui
