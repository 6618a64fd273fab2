#pragma once

#include "timeline/media/Picture.h"

#include <OpenImageIO/imageio.h>

#include <optional>

namespace timeline {

/// What differs between OpenImageIO 2.4 and 3.x; the only file that minds its version.

/// The colour of a still: linear for floats and what says so, else sRGB; full range. Display P3 by its ICC profile.
ColorDescription stillColor(const OIIO::ImageSpec& spec);

/// Names the colour of a picture to be written: sRGB, or linear.
void setStillColor(OIIO::ImageSpec& spec, Transfer transfer);

/// EXR's frames a second, where the file says it.
std::optional<std::pair<int, int>> framesPerSecond(const OIIO::ImageSpec& spec);

} // namespace timeline
