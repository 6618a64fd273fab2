#pragma once

#include "generation/training/world/Attributes.h"

#include <cstdint>

namespace generation::world {

/// How many pixels and frames a clip is drawn with. Nothing that is seen depends on it but sharpness.
struct Format {
    int width = 224;
    int height = 128;
    int frames = 25;
    float fps = 12.0F;
};

struct Point {
    float x = 0.0F;
    float y = 0.0F;
};

/// Where the pixels of a frame lie in one layer's plane: x grows to the right, y down, both in units of half the
/// picture's height; column i is at x + i * step, row j at y + j * step (pixel centres).
struct LayerView {
    float x;
    float y;
    float step;

    float rowY(int j) const { return y + step * static_cast<float>(j); }
    float columnX(int i) const { return x + step * static_cast<float>(i); }
    /// The first row whose centre is at or below `worldY`, not limited to the picture.
    int rowAt(float worldY) const;
    int columnAt(float worldX) const;
};

/// The camera at one moment. Pans move near layers more than far ones; zooms and tilts move all alike.
struct View {
    int width;
    int height;
    float zoom;  ///< pictured units per screen unit: below 1 is nearer
    Point pan;   ///< of the nearest layer
    float focus; ///< the y that stays where it is while zooming

    float aspect() const { return static_cast<float>(width) / static_cast<float>(height); }
    /// depth: 0 the sky, 1 the nearest layer.
    LayerView layer(float depth) const;
};

/// The strength of a move is the clip's own, from its seed.
View viewAt(Camera camera, std::uint64_t seed, float seconds, const Format& format);

} // namespace generation::world
