#pragma once

#include "generation/training/world/Frame.h"
#include "generation/training/world/Stage.h"

namespace generation::world {

/// Deep space: nebula, stars, a turning planet with bands or land, a terminator, a rim of air, sometimes a ring and a
/// moon. Fills the frame.
void drawSpace(const Stage& stage, const Moment& moment, Frame& frame);

} // namespace generation::world
