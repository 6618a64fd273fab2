#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace generation {

/// What each latent frame of a shot reads of its prompts: the distinct texts, and which of them each frame attends to.
/// Thread: a value.
struct PromptContexts {
    at::Tensor rows;                   ///< [G, n, d]: mixtures of the prompts' features
    std::vector<std::int64_t> ofFrame; ///< row of each latent frame, reference frames in front
};

/// Mixes prompts [S, n, d] by their share [S, T] in each frame (promptShare()); frames with the same shares have one
/// row in common. An undefined share: one prompt for all of `frames` frames.
PromptContexts promptContexts(const at::Tensor& prompts, const at::Tensor& share, std::int64_t frames);

} // namespace generation
