#pragma once

#include <ATen/core/Tensor.h>

namespace generation {

/// How the prompt and the negative prompt are combined over a run.
/// Thread: a value.
struct Guidance {
    double scale = 1.0;    ///< 1 or less: the prompt alone, in half the time
    bool zeroStar = false; ///< CFG-Zero*: the negative velocity is fitted to the prompt's before they part
    double zeroInit = 0.0; ///< with zeroStar: fraction of the steps, from the first, that do not move (0.04 published)
    double from = 0.0;     ///< guided steps: [from, to) of the schedule, 0 to 1; the others follow the prompt alone
    double to = 1.0;

    bool isGuided(int step, int steps) const;
    bool isStill(int step, int steps) const;

    bool operator==(const Guidance&) const = default;
};

/// Classifier-free guidance: unconditional + scale * (conditional - unconditional).
at::Tensor guided(const at::Tensor& conditional, const at::Tensor& unconditional, double scale);

/// CFG-Zero* (Fan et al. 2025): for each sample s = <c, u> / (|u|^2 + 1e-8) over all elements, then
/// u s + scale * (c - u s). Tensors [B, ...].
at::Tensor guidedZeroStar(const at::Tensor& conditional, const at::Tensor& unconditional, double scale);

} // namespace generation
