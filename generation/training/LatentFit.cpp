#include "generation/training/LatentFit.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <vector>

namespace generation {

namespace {

/// The mean colour of what each latent stands for: the frames of its group, its cell of pixels: [3, T, h, w].
at::Tensor coloursOf(const at::Tensor& video, std::int64_t cell, std::int64_t group) {
    const at::Tensor frames = at::avg_pool2d(video[0].transpose(0, 1), {cell, cell}); // [F, 3, h, w]
    std::vector<at::Tensor> means{frames.slice(0, 0, 1)};
    for (std::int64_t begin = 1; begin < frames.size(0); begin += group) {
        means.push_back(frames.slice(0, begin, begin + group).mean(0, true));
    }
    return at::cat(means, 0).transpose(0, 1);
}

double rounded(double value) {
    return std::round(value * 1e6) / 1e6;
}

std::vector<double> numbers(const at::Tensor& values) {
    std::vector<double> list;
    for (std::int64_t i = 0; i < values.numel(); ++i) {
        list.push_back(rounded(values[i].item<double>()));
    }
    return list;
}

} // namespace

void fitLatents(nlohmann::json& config, const VideoVae& vae, const ClipSource& source, std::uint64_t clips) {
    const c10::NoGradGuard quiet;
    std::vector<at::Tensor> latents;
    std::vector<at::Tensor> colours;
    for (std::uint64_t i = 0; i < clips; ++i) {
        const at::Tensor video = source.video(i % source.count());
        const at::Tensor mean = vae.encodeDistribution(video).mean[0].to(at::kCPU, at::kDouble);
        latents.push_back(mean.flatten(1));
        colours.push_back(
            coloursOf(video, vae.config().spatialFactor(), vae.config().temporalFactor()).to(at::kDouble).flatten(1));
    }
    const at::Tensor x = at::cat(latents, 1); // [z, N]
    const at::Tensor mean = x.mean(1);
    const at::Tensor deviation = x.std(1).clamp_min(1e-4);
    config["latents_mean"] = numbers(mean);
    config["latents_std"] = numbers(deviation);
    // Normal equations over normalised latents and a constant, with a little damping.
    const at::Tensor normal = (x - mean.unsqueeze(1)) / deviation.unsqueeze(1);
    const at::Tensor rows = at::cat({normal, at::ones({1, x.size(1)}, at::kDouble)}, 0);
    const at::Tensor square = at::mm(rows, rows.t()) + at::eye(rows.size(0), at::kDouble) * 1e-3;
    const at::Tensor factors = at::linalg_solve(square, at::mm(rows, at::cat(colours, 1).t())); // [z + 1, 3]
    config["latent_rgb_factors"] = nlohmann::json::array();
    for (std::int64_t z = 0; z < x.size(0); ++z) {
        config["latent_rgb_factors"].push_back(numbers(factors[z]));
    }
    config["latent_rgb_bias"] = numbers(factors[x.size(0)]);
}

} // namespace generation
