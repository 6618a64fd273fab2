#pragma once

#include "timeline/render/FrameImage.h"

#include <QImage>

namespace app {

/// A rendered frame as a picture for widgets and files: 8 bits, for a display.
QImage imageFrom(const timeline::FrameImage& frame);

} // namespace app
