#pragma once

#include "generation/training/measure/Footage.h"
#include "generation/training/world/Clip.h"

namespace generation::measure {

/// The film set at the work size, 25 frames at 12 fps: what the measures learn from and are tested with.
Picture renderedFrame(const world::Clip& clip, int number);
Footage renderedClip(const world::Clip& clip);

/// Where the subject's middle is in a frame, in pixels of the work size; in the picture's middle when there is none.
struct Place {
    float x;
    float y;
};
Place placeOfSubject(const world::Clip& clip, int number);

} // namespace generation::measure
