#pragma once

#include "generation/training/world/Frame.h"
#include "generation/training/world/Stage.h"

namespace generation::world {

/// A cone with a glowing crater, lava running down and a plume of smoke, on dark ground at `base`.
void drawVolcano(const Stage& stage, const Moment& moment, float base, Frame& frame);

/// A meadow plane below the horizon with a river winding towards the viewer.
void drawRiver(const Stage& stage, const Moment& moment, Frame& frame);

/// A road across the picture, seen from the side, between two heights.
struct RoadPlace {
    float top;
    float bottom;
};
RoadPlace roadOf(const Stage& stage);
void drawRoad(const Stage& stage, const Moment& moment, Frame& frame);

/// A beach with running surf at the bottom; on one side a headland with a lighthouse, whose lamp turns at night.
void drawBeach(const Stage& stage, const Moment& moment, Frame& frame);
void drawHeadland(const Stage& stage, const Moment& moment, Frame& frame);

} // namespace generation::world
