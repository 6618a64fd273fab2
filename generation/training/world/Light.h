#pragma once

#include "generation/training/world/Clip.h"
#include "generation/training/world/Rgb.h"
#include "generation/training/world/View.h"

namespace generation::world {

/// The light of a clip: what the sky looks like and how surfaces are lit. All colours are light, not displayed values.
struct Light {
    Rgb zenith;
    Rgb horizon;
    Rgb sun;         ///< the disc of the sun or the moon
    Rgb key;         ///< direct light on a surface that faces it
    Rgb ambient;     ///< light from all sides
    float glow;      ///< of the air around the sun
    float discSeen;  ///< 1 in clear weather, less behind rain and fog
    Point sunAt;     ///< in the sky's layer
    float sunRadius; ///< in picture units
    float side;      ///< -1 or 1: where direct light comes from
    float lamps;     ///< how many windows and lamps are lit, 0 to 1
    bool night;

    /// A surface: `facing` 0 (turned away) to 1.
    FILM_INLINE Rgb on(Rgb albedo, float facing) const { return albedo * (ambient + key * facing); }
};

/// `skyline`: the y of the horizon or the foot of the sky.
Light lightOf(const Clip& clip, float skyline);

/// The displayed colours that captions name, as light.
Rgb paintOf(Colour colour);

} // namespace generation::world
