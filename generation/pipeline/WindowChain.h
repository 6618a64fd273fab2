#pragma once

#include "generation/model/ModelCard.h"
#include "generation/pipeline/ShotPlan.h"
#include "generation/protocol/Request.h"

#include <cstdint>
#include <vector>

namespace generation {

/// A part of a long shot that is made by itself, going on from the last frames of the part before.
/// Thread: a value.
struct ChainLink {
    GenerateRequest request; ///< of the part: as many frames as it has, the prompts where they fall in it
    std::int64_t begin = 0;  ///< its first frame in the shot
    std::int64_t known = 0;  ///< frames from there on that the part before has made

    bool operator==(const ChainLink&) const = default;
};

/// The shot as a chain of parts, the clean way to make a shot that is longer than the model's length (engine spec 5.5):
/// each part is told the last frames of the one before as known pixels. Empty where the shot is short, where the model
/// was not trained to go on from frames, or where the request gives pixels at places of its own: such shots are blended
/// over windows of latents instead.
std::vector<ChainLink> windowChain(const GenerateRequest& request, const ShotPlan& plan, const ModelCard& card);

} // namespace generation
