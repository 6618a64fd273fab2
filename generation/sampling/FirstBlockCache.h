#pragma once

#include <ATen/core/Tensor.h>

namespace generation {

/// First-block cache: the first block of a transformer runs in every step; when what it adds has hardly changed since
/// the last step that ran them all, what the other blocks added then is added again (engine spec section 6).
/// Tensors are token streams [B, L, D].
/// Thread: one; made anew for every run and window.
class FirstBlockCache {
public:
    explicit FirstBlockCache(double threshold) : m_threshold(threshold) {}

    /// With the tokens before and after the first block: what to take for the last block's output, or an undefined
    /// tensor when the other blocks must run. `before` may have fewer rows than `after` (one sample, several prompts).
    at::Tensor instead(const at::Tensor& before, const at::Tensor& after);

    /// The last block's output, after instead() gave nothing.
    void computed(const at::Tensor& tokens);

    /// The next step runs all blocks.
    void forget();

    int skipped() const { return m_skipped; }

private:
    double m_threshold;
    at::Tensor m_first; ///< what the first block added in the last full step
    at::Tensor m_rest;  ///< what the others added in it
    at::Tensor m_after; ///< the first block's output, while the others run
    int m_skipped = 0;
};

} // namespace generation
