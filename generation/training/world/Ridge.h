#pragma once

#include "generation/training/world/Frame.h"
#include "generation/training/world/Stage.h"

#include <cstdint>
#include <vector>

namespace generation::world {

/// A layer that ends upwards in a line: one height per column of the frame, drawn from there down.
struct Ridge {
    enum class Form {
        Peaks,   ///< mountains
        Rolling, ///< hills
        Dunes,   ///< long, with sharp crests
        Blocks   ///< ice, cliffs: steps and flat tops
    };
    Form form = Form::Rolling;
    float base = 0.0F;      ///< y of the valleys
    float height = 0.3F;    ///< of the highest crests above the base
    float frequency = 1.0F; ///< crests per picture unit
    float depth = 0.5F;     ///< for the camera: 0 far, 1 near
    float haze = 0.0F;      ///< how much the air hides, 0 to 1
    float until = 9.0F;     ///< the y from which nearer layers hide everything: nothing is drawn below
    std::uint32_t seed = 0;
};

/// A ridge's heights in one frame.
struct Skyline {
    std::vector<float> top;
    float highest; ///< the least y
    float lowest;  ///< the greatest y
};
Skyline skylineOf(const Ridge& ridge, const LayerView& layer, int columns);

// How a ridge's face looks. All are lit by the stage's light and hazed towards the horizon's colour.

struct MountainLook {
    Rgb rock;
    Rgb foot;       ///< what grows below
    float snowLine; ///< share of the height above which snow lies; over 1: none
    float treeLine; ///< share below which the foot's colour begins
};
void drawMountains(const Stage& stage, const Moment& moment, const Ridge& ridge, const MountainLook& look,
                   Frame& frame);

struct HillLook {
    Rgb low; ///< the two colours of the grass, or of the sand
    Rgb high;
    float flowers; ///< share of cells with a flower
    float wind;    ///< how strong the waves through the grass are
};
void drawHills(const Stage& stage, const Moment& moment, const Ridge& ridge, const HillLook& look, Frame& frame);

void drawDunes(const Stage& stage, const Moment& moment, const Ridge& ridge, Rgb sand, Frame& frame);

/// Icebergs or cliffs: flat facets. `look.high` is the lit colour, `look.low` the shadowed one.
void drawBlocks(const Stage& stage, const Moment& moment, const Ridge& ridge, const HillLook& look, Frame& frame);

} // namespace generation::world
