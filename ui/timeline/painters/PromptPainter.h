#pragma once

#include "timeline/model/Item.h"
#include "ui/timeline/painters/ItemLook.h"

namespace ui {

/// A prompt clip: as much of its text as fits, over all its lines.
void paintPromptClip(QPainter& painter, const ItemLook& look, const timeline::Clip& clip);
/// What a prompt clip says; empty when it is none.
QString promptText(const timeline::Clip& clip);

} // namespace ui
