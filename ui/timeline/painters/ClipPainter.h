#pragma once

#include "timeline/model/Item.h"
#include "ui/timeline/painters/ItemLook.h"

namespace ui {

/// Film, stills, titles, colours and shots on a Video track: name, pictures along the clip, and for shots their marks.
void paintClip(QPainter& painter, const ItemLook& look, const timeline::Clip& clip);

} // namespace ui
