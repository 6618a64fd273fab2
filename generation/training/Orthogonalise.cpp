#include "generation/training/Orthogonalise.h"

#include <ATen/ATen.h>

namespace generation {

at::Tensor orthogonalised(const at::Tensor& matrices, at::ScalarType type) {
    constexpr int kSteps = 5;
    constexpr double kLinear = 3.4445;
    constexpr double kCubic = -4.7750;
    constexpr double kQuintic = 2.0315;
    const bool isTall = matrices.size(1) > matrices.size(2);
    const at::Tensor wide = isTall ? matrices.transpose(1, 2) : matrices;
    const at::Tensor length = wide.square().sum({1, 2}, true).sqrt().clamp_min(1e-7);
    at::Tensor x = (wide / length).to(type).contiguous();
    for (int step = 0; step < kSteps; ++step) {
        const at::Tensor square = at::bmm(x, x.transpose(1, 2));
        const at::Tensor polynomial = at::baddbmm(square, square, square, kCubic, kQuintic);
        x = at::baddbmm(x, polynomial, x, kLinear, 1.0);
    }
    const at::Tensor result = x.to(at::kFloat);
    return isTall ? result.transpose(1, 2) : result;
}

} // namespace generation
