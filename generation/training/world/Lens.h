#pragma once

#include "generation/training/world/Filters.h"
#include "generation/training/world/Frame.h"
#include "generation/training/world/Stage.h"

namespace generation::world {

/// Memory that lens and style effects use again from frame to frame.
struct Scratch {
    Frame copy;
    Plane plane;
    Plane luma;
    Plane second;
    Gradients gradients;
    PaintScratch paint;
};

/// Puts out of focus what has been drawn so far.
void defocus(Frame& frame, Scratch& scratch);

/// What the lens adds: sunbeams, flare, a trace of bloom around lights; then raindrops on the glass. The frame still
/// holds light.
void applyLens(const Stage& stage, const Moment& moment, Frame& frame, Scratch& scratch);

/// From light to displayed values: highlights roll off smoothly to 1.
void develop(Frame& frame);

} // namespace generation::world
