#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>

namespace generation {

/// Sizes of square tiles and of the steps between them, in the units of what goes in and of what comes out.
struct TileSizes {
    std::int64_t inTile, inStride, outTile, outStride;
};

/// Maps tiles of x [B, C, T, H, W] on their own, one after the other, and blends what overlaps with straight ramps:
/// with the tile above first, then with the one to the left, both as they are after their own blending (diffusers'
/// AutoencoderKLWan). Beside the result, memory holds one tile and the edges it shares with others.
at::Tensor mapTiles(const at::Tensor& x, TileSizes sizes, const std::function<at::Tensor(const at::Tensor&)>& map);

} // namespace generation
