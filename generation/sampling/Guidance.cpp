#include "generation/sampling/Guidance.h"

#include <ATen/ATen.h>

#include <cmath>

namespace generation {

bool Guidance::isGuided(int step, int steps) const {
    // The margin keeps a step that lies on a border from falling to the wrong side by rounding.
    const double at = static_cast<double>(step) + 1e-6;
    return scale > 1.0 && at >= from * steps && at < to * steps + 1e-6;
}

bool Guidance::isStill(int step, int steps) const {
    return zeroStar && step < static_cast<int>(std::floor(zeroInit * steps + 1e-6));
}

at::Tensor guided(const at::Tensor& conditional, const at::Tensor& unconditional, double scale) {
    return unconditional + scale * (conditional - unconditional);
}

at::Tensor guidedZeroStar(const at::Tensor& conditional, const at::Tensor& unconditional, double scale) {
    // Sums of millions of products: double, so that the factor does not depend on how the sum is split.
    const at::Tensor c = conditional.flatten(1).to(at::kDouble);
    const at::Tensor u = unconditional.flatten(1).to(at::kDouble);
    at::Tensor factor = (c * u).sum(1).div(u.square().sum(1).add(1e-8)).to(conditional.scalar_type());
    std::vector<std::int64_t> shape(static_cast<std::size_t>(conditional.dim()), 1);
    shape.front() = conditional.size(0);
    return guided(conditional, unconditional * factor.view(shape), scale);
}

} // namespace generation
