#pragma once

#include "timeline/model/Item.h"
#include "ui/timeline/painters/ItemLook.h"

namespace ui {

/// A sound clip: name, gain and waveform.
void paintAudioClip(QPainter& painter, const ItemLook& look, const timeline::Clip& clip);

} // namespace ui
