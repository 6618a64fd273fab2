#include "generation/nn/RotaryEmbedding.h"

#include <ATen/ATen.h>

#include <cmath>
#include <vector>

namespace generation {

namespace {

/// cos and sin of position * frequency, [positions][size / 2].
struct Axis {
    std::int64_t half;
    std::vector<float> cos;
    std::vector<float> sin;

    Axis(std::int64_t size, std::int64_t positions) : half(size / 2) {
        for (std::int64_t p = 0; p < positions; ++p) {
            for (std::int64_t j = 0; j < half; ++j) {
                const double angle = static_cast<double>(p) *
                                     std::pow(10000.0, -2.0 * static_cast<double>(j) / static_cast<double>(size));
                cos.push_back(static_cast<float>(std::cos(angle)));
                sin.push_back(static_cast<float>(std::sin(angle)));
            }
        }
    }

    void copy(std::int64_t position, float*& cosTo, float*& sinTo) const {
        cosTo = std::copy_n(cos.begin() + position * half, half, cosTo);
        sinTo = std::copy_n(sin.begin() + position * half, half, sinTo);
    }
};

} // namespace

RotaryTable rotaryTable(std::int64_t headDim, std::int64_t frames, std::int64_t rows, std::int64_t columns) {
    const std::int64_t space = 2 * (headDim / 6);
    const Axis time(headDim - 2 * space, frames);
    const Axis vertical(space, rows);
    const Axis horizontal(space, columns);
    RotaryTable table{frames, rows, columns, at::empty({frames * rows * columns, headDim / 2}, at::kFloat),
                      at::empty({frames * rows * columns, headDim / 2}, at::kFloat)};
    float* cos = table.cos.data_ptr<float>();
    float* sin = table.sin.data_ptr<float>();
    for (std::int64_t t = 0; t < frames; ++t) {
        for (std::int64_t y = 0; y < rows; ++y) {
            for (std::int64_t x = 0; x < columns; ++x) {
                time.copy(t, cos, sin);
                vertical.copy(y, cos, sin);
                horizontal.copy(x, cos, sin);
            }
        }
    }
    return table;
}

} // namespace generation
