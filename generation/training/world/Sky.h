#pragma once

#include "generation/training/world/Frame.h"
#include "generation/training/world/Stage.h"

namespace generation::world {

/// Everything behind the scene: the gradient with the sun's or the moon's disc and glow, stars, clouds, aurora. Fills
/// the whole frame; below the horizon it goes on in the horizon's colour.
void drawSky(const Stage& stage, const Moment& moment, Frame& frame);

/// Stars alone, `brightness` at most 1 or so; also the space scene's.
void drawStars(const Stage& stage, const Moment& moment, float brightness, Frame& frame);

/// The sky's colour at a height above the horizon (0 to about 1.3), without sun and clouds: what water reflects.
FILM_INLINE Rgb skyAt(const Light& light, float height) {
    const float t = clamp01(height * 0.8F);
    return mix(light.horizon, light.zenith, t * (1.9F - 0.9F * t));
}

} // namespace generation::world
