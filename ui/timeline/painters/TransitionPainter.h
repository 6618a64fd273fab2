#pragma once

#include "ui/timeline/painters/ItemLook.h"

namespace ui {

/// A dissolve over a cut: a band along the lower edge with a rising diagonal.
void paintTransition(QPainter& painter, const ItemLook& look);

} // namespace ui
