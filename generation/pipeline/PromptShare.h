#pragma once

#include "generation/protocol/Request.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace generation {

/// The frames that shares are for.
struct ShareFrames {
    std::int64_t frames = 0;       ///< of the shot, as asked for
    std::int64_t latentFrames = 0; ///< of the clip
    std::int64_t references = 0;   ///< latent frames in front of it
    std::int64_t blend = 0;        ///< frames over which a prompt gives way to the next, around the border
};

/// What the prompts say, each text once, in the order of its first span.
std::vector<std::string> distinctTexts(const std::vector<PromptSpan>& prompts);

/// How much each text counts in each latent frame: [distinctTexts(), references + T], columns sum to 1. A latent frame
/// after the first stands for four frames; where a border between prompts (or its blend) falls inside it both count by
/// their part. Frames that no prompt covers belong to the nearest one; reference frames to all alike.
at::Tensor promptShare(const std::vector<PromptSpan>& prompts, const ShareFrames& of);

} // namespace generation
