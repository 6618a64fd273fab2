#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace generation {

/// Frames, rows and columns of a cell: what becomes one pixel when a picture is made smaller.
struct CellSize {
    std::int64_t time = 1;
    std::int64_t space = 1;

    std::int64_t pixels() const { return time * space * space; }
};

// The shortcuts around whole levels of the video autoencoder, one pass each. A cell's values are counted channel by
// channel, in each by time, row and column; there must be a whole number of them for each channel of the result, or
// of channels for each of them. Pictures are [T, H, W, C].

/// Whether the functions below have a loop for a tensor's device and type.
bool hasCellLoops(const at::Tensor& y);

/// y [T', H', W', out] += means over equal runs of the values of each cell of x. Where the frames of x do not fill
/// cells, zeros come before the first.
void addCellMeans(at::Tensor& y, const at::Tensor& x, CellSize size);

/// y [T, H, W, out] += x with each value repeated over the values of a cell. `skipped` frames of the result's begin are
/// not in y.
void addCellCopies(at::Tensor& y, const at::Tensor& x, CellSize size, std::int64_t skipped);

} // namespace generation
