#pragma once

#include "generation/protocol/Request.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace generation {

/// The frames that shares are for.
struct ShareFrames {
    std::int64_t frames = 0;       ///< of the shot, as asked for
    std::int64_t latentFrames = 0; ///< of the clip
    std::int64_t references = 0;   ///< latent frames in front of it
    std::int64_t blend = 0;        ///< frames over which a prompt gives way to the next, around the border
};

/// How much each prompt counts in each latent frame: [prompts, references + T], columns sum to 1. A latent frame after
/// the first stands for four frames; where a border between prompts (or its blend) falls inside it both count by their
/// part. Frames that no prompt covers belong to the nearest one; reference frames to all alike.
at::Tensor promptShare(const std::vector<PromptSpan>& prompts, const ShareFrames& of);

} // namespace generation
