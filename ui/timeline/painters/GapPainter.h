#pragma once

#include "ui/timeline/painters/ItemLook.h"

namespace ui {

/// Nothing, unless it is selected: then an outline, so that it can be closed with Ripple Delete.
void paintGap(QPainter& painter, const ItemLook& look);
/// An item of another program that is kept but not edited.
void paintForeign(QPainter& painter, const ItemLook& look, const QString& name);

} // namespace ui
