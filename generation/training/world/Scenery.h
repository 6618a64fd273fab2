#pragma once

#include "generation/training/world/Frame.h"
#include "generation/training/world/Lens.h"
#include "generation/training/world/Stage.h"

namespace generation::world {

/// Draws the scene of a clip with its subject, as light: sky, layers from back to front, the subject where it belongs
/// between them, weather. Fills the frame.
void drawScene(const Stage& stage, const Moment& moment, Frame& frame, Scratch& scratch);

} // namespace generation::world
