#include "generation/pipeline/Windows.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace generation {

std::vector<LatentWindow> latentWindows(std::int64_t frames, std::int64_t length, std::int64_t overlap) {
    if (length >= frames || length < 1) {
        return {{0, frames}};
    }
    const std::int64_t stride = std::max<std::int64_t>(1, length - overlap);
    std::vector<LatentWindow> windows;
    for (std::int64_t begin = 0;; begin += stride) {
        windows.push_back({std::min(begin, frames - length), length});
        if (begin + length >= frames) {
            return windows;
        }
    }
}

std::vector<at::Tensor> windowWeights(const std::vector<LatentWindow>& windows, std::int64_t frames) {
    at::Tensor sum = at::zeros({frames}, at::kDouble);
    std::vector<at::Tensor> ramps;
    for (std::size_t i = 0; i < windows.size(); ++i) {
        const auto& [begin, length] = windows[i];
        at::Tensor ramp = at::ones({length}, at::kDouble);
        const std::int64_t before = i > 0 ? windows[i - 1].begin + windows[i - 1].length - begin : 0;
        const std::int64_t after = i + 1 < windows.size() ? begin + length - windows[i + 1].begin : 0;
        for (std::int64_t k = 0; k < length; ++k) {
            const double in = k < before ? static_cast<double>(k + 1) / static_cast<double>(before + 1) : 1.0;
            const double out =
                length - k <= after ? static_cast<double>(length - k) / static_cast<double>(after + 1) : 1.0;
            ramp[k] = std::min(in, out);
        }
        sum.narrow(0, begin, length).add_(ramp);
        ramps.push_back(ramp);
    }
    for (std::size_t i = 0; i < windows.size(); ++i) {
        ramps[i] = (ramps[i] / sum.narrow(0, windows[i].begin, windows[i].length)).to(at::kFloat);
    }
    return ramps;
}

} // namespace generation
