#pragma once

#include "timeline/model/Item.h"
#include "ui/timeline/painters/ItemLook.h"

namespace ui {

/// What a shot shows over its body: caption, "take 2/5", an amber border and sign when stale, a hatch where there is no
/// take yet, and the progress of its job. Each state has a sign of its own beside its colour.
void paintShotMarks(QPainter& painter, const ItemLook& look, const timeline::Clip& clip, const QString& caption);

} // namespace ui
