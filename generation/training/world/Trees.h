#pragma once

#include "generation/training/world/Frame.h"
#include "generation/training/world/Stage.h"

namespace generation::world {

/// A row of conifers on a rolling ground line.
struct TreeRow {
    float base;      ///< y of the ground
    float height;    ///< of the tallest
    float frequency; ///< trees per picture unit
    float depth;
    float haze;
    std::uint32_t seed;
};
void drawTrees(const Stage& stage, const Moment& moment, const TreeRow& trees, Frame& frame);

} // namespace generation::world
