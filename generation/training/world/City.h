#pragma once

#include "generation/training/world/Frame.h"
#include "generation/training/world/Stage.h"

namespace generation::world {

/// Three rows of towers with windows, and the glow of the streets.
void drawCity(const Stage& stage, const Moment& moment, Frame& frame);

} // namespace generation::world
