#pragma once

#include "generation/training/world/Frame.h"
#include "generation/training/world/Stage.h"

namespace generation::world {

/// A plane of water that reaches from the horizon to the bottom of the picture.
struct Sea {
    float horizon; ///< y
    Rgb deep;      ///< the water's own colour, as light
    float swell;   ///< height of the waves, 0.3 (calm) to 1.5
    float foam;    ///< how much of the crests is white
};
void drawSea(const Stage& stage, const Moment& moment, const Sea& sea, Frame& frame);

/// Calm water: what has been drawn above the horizon, mirrored in ripples.
struct Mirror {
    float horizon;
    Rgb deep;
    float ripple; ///< 0.5 (glass) to 2
};
void drawMirror(const Stage& stage, const Moment& moment, const Mirror& mirror, Frame& frame);

} // namespace generation::world
