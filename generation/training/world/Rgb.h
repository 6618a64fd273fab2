#pragma once

#include "generation/training/world/Shading.h"

namespace generation::world {

/// A colour as light: the square of what is displayed (gamma 2, whose root is exact on every machine), so that glows
/// and haze add up as light does. 1 is display white; light sources go above it.
struct Rgb {
    float r = 0.0F;
    float g = 0.0F;
    float b = 0.0F;

    bool operator==(const Rgb&) const = default;
};

FILM_INLINE constexpr Rgb operator*(Rgb a, float s) {
    return {a.r * s, a.g * s, a.b * s};
}
FILM_INLINE constexpr Rgb operator*(Rgb a, Rgb b) {
    return {a.r * b.r, a.g * b.g, a.b * b.b};
}
FILM_INLINE constexpr Rgb operator+(Rgb a, Rgb b) {
    return {a.r + b.r, a.g + b.g, a.b + b.b};
}
FILM_INLINE constexpr Rgb mix(Rgb a, Rgb b, float t) {
    return {a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t};
}

/// A colour as a painter names it: displayed values.
constexpr Rgb shown(float r, float g, float b) {
    return {r * r, g * g, b * b};
}

/// Rec.601 weights, as the control pictures use.
FILM_INLINE constexpr float luma(Rgb c) {
    return 0.299F * c.r + 0.587F * c.g + 0.114F * c.b;
}
/// The grey of the same luma mixed in; 1 is all grey.
FILM_INLINE constexpr Rgb greyed(Rgb c, float amount) {
    const float y = luma(c);
    return mix(c, Rgb{y, y, y}, amount);
}

} // namespace generation::world
