#include "generation/training/FlowMatching.h"

#include "generation/sampling/Noise.h"
#include "generation/sampling/Schedule.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <vector>

namespace generation {

namespace {

/// The level that `shift` moves to sigma.
double unshifted(double sigma, double shift) {
    return sigma / (shift - (shift - 1.0) * sigma);
}

} // namespace

at::Tensor drawSigmas(std::int64_t n, double shift, Lottery& lottery) {
    return drawSigmas(n, shift, {}, lottery);
}

at::Tensor drawSigmas(std::int64_t n, double shift, const NoiseRange& range, Lottery& lottery) {
    const double from = unshifted(range.lowest, shift);
    const double to = unshifted(range.highest, shift);
    std::vector<float> sigmas;
    for (std::int64_t i = 0; i < n; ++i) {
        const double part = (static_cast<double>(i) + lottery.unit()) / static_cast<double>(n);
        const double u = from + (to - from) * part;
        sigmas.push_back(static_cast<float>(std::max(1e-3, shifted(u, shift))));
    }
    for (std::int64_t i = n - 1; i > 0; --i) {
        std::swap(sigmas[static_cast<std::size_t>(i)], sigmas[static_cast<std::size_t>(lottery.below(i + 1))]);
    }
    return at::tensor(sigmas);
}

FlowBatch flowBatch(const at::Tensor& clips, const at::Tensor& sigmas, std::uint64_t seed) {
    const at::Tensor noise = quickNoise(seed, clips.sizes(), clips.device());
    const at::Tensor levels = sigmas.to(clips.device()).view({-1, 1, 1, 1, 1});
    return {.noisy = clips + levels * (noise - clips), .velocity = noise - clips, .timestep = sigmas * 1000.0};
}

at::Tensor flowLoss(const at::Tensor& predicted, const FlowBatch& batch) {
    return (predicted - batch.velocity).square().mean();
}

} // namespace generation
