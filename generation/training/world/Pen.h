#pragma once

#include "generation/training/world/Frame.h"
#include "generation/training/world/Light.h"

#include <initializer_list>
#include <vector>

namespace generation::world {

/// What a shape is filled with.
struct Ink {
    Rgb colour;
    float facing = 0.6F; ///< how far it faces the light, at the shape's origin
    Point bend{};        ///< how facing grows along the drawing's x and y: a round surface
    float alpha = 1.0F;
    float soft = 0.0F;   ///< width of the edge beyond a pixel, drawing units
    bool shines = false; ///< the colour is light and takes none
};

/// Where and how large a drawing is put into a layer.
struct Placing {
    Point at;
    float size = 1.0F;   ///< layer units per drawing unit
    float mirror = 1.0F; ///< -1: the other way round
    float turn = 0.0F;   ///< clockwise, in turns
    float floor = 9.0F;  ///< nothing is drawn below this y of the layer: a waterline
    float flip = 1.0F;   ///< -1: upside down, a reflection
    float alpha = 1.0F;
};

/// Fills shapes given in drawing units: x to the right, y down, about -1 to 1, heading right. Edges are smooth to a
/// pixel at any size. Thread: one; the frame outlives it.
class Pen {
public:
    Pen(Frame& frame, const LayerView& layer, const Light& light, const Placing& placing);

    /// Convex, corners in either order.
    void polygon(std::initializer_list<Point> corners, const Ink& ink);
    void ellipse(Point centre, Point radii, const Ink& ink);
    /// Round ends.
    void line(Point from, Point to, float width, const Ink& ink);

    const Placing& placing() const { return m_placing; }

private:
    struct Box {
        Point least;
        Point greatest;
    };
    /// Distances of one row's pixels to a shape, negative inside, in drawing units: `measure(x, y of the first pixel)`.
    template <class Measure>
    void fill(Box local, const Ink& ink, Measure measure);

    Frame& m_frame;
    LayerView m_layer;
    const Light& m_light;
    Placing m_placing;
    float m_cos;
    float m_sin;
    std::vector<float> m_distance;
};

} // namespace generation::world
