#include "ui/timeline/tools/Tool.h"

namespace ui {

double snapReach(const TimelineLayout& layout) {
    return 8.0 / layout.scale().pixelsPerFrame;
}

} // namespace ui
