#pragma once

#include "generation/nn/CausalConv3d.h"

#include <ATen/core/Tensor.h>

namespace generation {

/// What a 3x3 convolution, bordered by zeros, makes of doublePixels(x), without doubling them. Each of the four pixels
/// that one becomes sees only 2x2 different ones, so it is a 2x2 convolution whose kernel has sums of rows and columns
/// of the 3x3 one: 4/9 of the operations, the same numbers but for the rounding of the sums.
/// Thread: immutable.
struct DoublingConv {
    at::Tensor weight; ///< [4 out, in, 2, 2], channels last; the four pixels row by row
    at::Tensor bias;   ///< [out]

    static DoublingConv of(const Conv2d& conv);

    /// [T, H, W, in] -> [T, 2 H, 2 W, out], a few frames at a time where the temporaries would be large.
    at::Tensor operator()(const at::Tensor& x) const;
};

} // namespace generation
