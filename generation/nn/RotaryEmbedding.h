#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace generation {

/// Angles of the rotary position embedding over a (frame, row, column) grid of tokens.
struct RotaryTable {
    std::int64_t frames = 0;
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    at::Tensor cos; ///< float32 [frames * rows * columns, headDim / 2], columns fastest
    at::Tensor sin;
};

/// The table on the CPU. Each head's pairs are split over time, rows and columns: 2 (d / 6) of the d values go to rows,
/// as many to columns, the rest to time; each part has its own frequencies 10000^(-2j / size), in double (Wan,
/// diffusers' WanRotaryPosEmbed).
RotaryTable rotaryTable(std::int64_t headDim, std::int64_t frames, std::int64_t rows, std::int64_t columns);

} // namespace generation
