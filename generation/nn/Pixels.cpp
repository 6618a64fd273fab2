#include "generation/nn/Pixels.h"

#include <ATen/ATen.h>

namespace generation {

at::Tensor doublePixels(const at::Tensor& x) {
    const std::int64_t t = x.size(0);
    const std::int64_t h = x.size(1);
    const std::int64_t w = x.size(2);
    const std::int64_t c = x.size(3);
    return x.contiguous().view({t, h, 1, w, 1, c}).expand({t, h, 2, w, 2, c}).reshape({t, 2 * h, 2 * w, c});
}

at::Tensor channelsToPixels(const at::Tensor& x, std::int64_t p) {
    if (p == 1) {
        return x;
    }
    const std::int64_t c = x.size(3) / (p * p);
    return x.unflatten(3, {c, p, p}).permute({0, 1, 4, 2, 5, 3}).reshape({x.size(0), x.size(1) * p, x.size(2) * p, c});
}

at::Tensor pixelsToChannels(const at::Tensor& x, std::int64_t p) {
    if (p == 1) {
        return x;
    }
    const std::int64_t h = x.size(1) / p;
    const std::int64_t w = x.size(2) / p;
    return x.reshape({x.size(0), h, p, w, p, x.size(3)})
        .permute({0, 1, 3, 5, 2, 4})
        .reshape({x.size(0), h, w, x.size(3) * p * p});
}

} // namespace generation
