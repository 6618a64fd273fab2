#pragma once

#include "generation/training/measure/Footage.h"
#include "generation/training/measure/RidgeClassifier.h"

#include <vector>

namespace generation::measure {

/// Where one block of a frame has gone by a later one, in pixels of the work size.
struct BlockMotion {
    float x; ///< the block's middle against the picture's
    float y;
    float dx;
    float dy;
    float trust; ///< 0 for blocks without texture or without a likely match
};

/// By the least sum of absolute differences over a search window, to a fraction of a pixel.
std::vector<BlockMotion> blockMotions(const Image& from, const Image& to);

/// The camera's part of a motion: everything moves by (x, y) and grows by `growth` per pixel from the middle. Found by
/// least squares that lose interest in what moves otherwise.
struct GlobalMotion {
    float x = 0.0F;
    float y = 0.0F;
    float growth = 0.0F;
    float rest = 0.0F;  ///< mean motion that it does not explain, pixels
    float trust = 0.0F; ///< share of blocks that could be followed
};
GlobalMotion globalMotionOf(const std::vector<BlockMotion>& blocks);

/// The camera over a clip: the mean of its motion, how it changes, and the motion of far and near parts apart.
Features cameraFeatures(const Footage& footage);

} // namespace generation::measure
