#include "generation/pipeline/PromptContexts.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace generation {
namespace {

/// The row of a prompt that has a frame to itself is its own, not a product with 1 that may round.
at::Tensor mixture(const at::Tensor& prompts, const at::Tensor& weights) {
    const at::Tensor largest = weights.argmax();
    if (weights[largest.item<std::int64_t>()].item<float>() == 1.0F) {
        return prompts[largest.item<std::int64_t>()];
    }
    return (prompts * weights.to(prompts.device()).view({-1, 1, 1})).sum(0);
}

} // namespace

PromptContexts promptContexts(const at::Tensor& prompts, const at::Tensor& share, std::int64_t frames) {
    if (!share.defined() || prompts.size(0) == 1) {
        return {prompts.narrow(0, 0, 1), std::vector<std::int64_t>(static_cast<std::size_t>(frames), 0)};
    }
    const at::Tensor columns = share.to(at::kCPU, at::kFloat).transpose(0, 1).contiguous(); // [T, S]
    PromptContexts contexts;
    std::vector<at::Tensor> known;
    std::vector<at::Tensor> rows;
    for (std::int64_t frame = 0; frame < columns.size(0); ++frame) {
        const at::Tensor weights = columns[frame];
        const auto same =
            std::find_if(known.begin(), known.end(), [&](const at::Tensor& k) { return k.equal(weights); });
        contexts.ofFrame.push_back(same - known.begin());
        if (same == known.end()) {
            known.push_back(weights);
            rows.push_back(mixture(prompts, weights));
        }
    }
    contexts.rows = at::stack(rows);
    return contexts;
}

} // namespace generation
