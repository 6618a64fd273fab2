#pragma once

#include "generation/protocol/Request.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace generation {

/// How much each prompt counts in each latent frame: [prompts, references + T], columns sum to 1. A latent frame after
/// the first stands for four frames; where a boundary between prompts falls inside it both count by their part. Frames
/// that no prompt covers belong to the nearest one; reference frames to all alike.
at::Tensor promptShare(const std::vector<PromptSpan>& prompts, std::int64_t frames, std::int64_t latentFrames,
                       std::int64_t references);

} // namespace generation
