#include "generation/training/FlowMatching.h"

#include "generation/sampling/Noise.h"
#include "generation/sampling/Schedule.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <vector>

namespace generation {

at::Tensor drawSigmas(std::int64_t n, double shift, Lottery& lottery) {
    std::vector<float> sigmas;
    for (std::int64_t i = 0; i < n; ++i) {
        const double u = (static_cast<double>(i) + lottery.unit()) / static_cast<double>(n);
        sigmas.push_back(static_cast<float>(std::max(1e-3, shifted(u, shift))));
    }
    for (std::int64_t i = n - 1; i > 0; --i) {
        std::swap(sigmas[static_cast<std::size_t>(i)], sigmas[static_cast<std::size_t>(lottery.below(i + 1))]);
    }
    return at::tensor(sigmas);
}

FlowBatch flowBatch(const at::Tensor& clips, const at::Tensor& sigmas, std::uint64_t seed) {
    const at::Tensor noise = seededNoise(seed, clips.sizes()).to(clips.device());
    const at::Tensor levels = sigmas.to(clips.device()).view({-1, 1, 1, 1, 1});
    return {.noisy = clips + levels * (noise - clips), .velocity = noise - clips, .timestep = sigmas * 1000.0};
}

at::Tensor flowLoss(const at::Tensor& predicted, const FlowBatch& batch) {
    return (predicted - batch.velocity).square().mean();
}

} // namespace generation
