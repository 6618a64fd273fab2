#pragma once

#include "generation/training/world/Frame.h"

#include <vector>

namespace generation::world {

/// One float per pixel, row after row.
using Plane = std::vector<float>;

/// Mean over a square of side 2 * radius + 1; beyond the border the border's pixels go on. `scratch` keeps its memory.
void boxBlur(float* plane, int width, int height, int radius, Plane& scratch);
/// Twice the box: close to a Gaussian.
void blur(Frame& frame, int radius, Plane& scratch);

void lumaOf(const Frame& frame, Plane& luma);

/// Sobel's gradients (3x3 kernels divided by 4) of a plane.
struct Gradients {
    Plane x;
    Plane y;
    Plane size;
};
void gradientsOf(const Plane& plane, int width, int height, Gradients& gradients);

/// Kuwahara's filter: each pixel becomes the mean of that one of the four squares of side radius + 1 around it which
/// varies least: flat patches with kept edges, like paint.
struct PaintScratch {
    Plane sums;
    Plane luma;
    Plane square;
    Frame mean;
};
void paintPatches(Frame& frame, int radius, PaintScratch& scratch);

} // namespace generation::world
