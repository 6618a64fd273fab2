#pragma once

#include "generation/training/world/Frame.h"
#include "generation/training/world/Stage.h"

namespace generation::world {

/// Fog, rain or snow in front of the whole scene, by the clip's weather.
void drawWeather(const Stage& stage, const Moment& moment, Frame& frame);

} // namespace generation::world
