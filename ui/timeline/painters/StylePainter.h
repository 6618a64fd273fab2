#pragma once

#include "timeline/model/Item.h"
#include "ui/timeline/painters/ItemLook.h"

namespace ui {

/// A style clip: its picture, name and strength.
void paintStyleClip(QPainter& painter, const ItemLook& look, const timeline::Clip& clip);

/// A mask clip: its picture and name.
void paintMaskClip(QPainter& painter, const ItemLook& look, const timeline::Clip& clip);

} // namespace ui
