#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace generation {

/// Latent frames [begin, begin + length) of a clip.
struct LatentWindow {
    std::int64_t begin = 0;
    std::int64_t length = 0;

    bool operator==(const LatentWindow&) const = default;
};

/// Windows of `length` latent frames that cover `frames`, neighbours sharing at least `overlap`; the last one ends with
/// the clip. One window when the clip is not longer than one. overlap is less than length.
std::vector<LatentWindow> latentWindows(std::int64_t frames, std::int64_t length, std::int64_t overlap);

/// How much each window counts in each of its frames: float32 [length] a window. Over a shared part one fades into the
/// next; for each frame of the clip the weights sum to 1.
std::vector<at::Tensor> windowWeights(const std::vector<LatentWindow>& windows, std::int64_t frames);

} // namespace generation
