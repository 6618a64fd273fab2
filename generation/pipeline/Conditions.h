#pragma once

#include "generation/model/ModelCard.h"
#include "generation/protocol/Request.h"

#include <cstdint>
#include <string>
#include <vector>

namespace generation {

// What a request gives the model to see, by the names that models list in fantascope.conditions:
//   first_frame, last_frame      a still at that end
//   known_frames                 stills or runs of frames elsewhere
//   extend_forward, extend_backward, bridge   runs of frames at the beginning, the end, both
//   edges, luma, blur, depth, control         a control clip
//   inpaint, outpaint, retake    a base clip of which a region, the surroundings or a range of frames is made anew
//   reference                    one for each reference image

/// All of a request's conditions, known frames kept by blending left out: those need nothing of the model. Throws
/// JobError "bad-request" for inputs that do not go together: known frames outside the shot or over each other, a mask
/// without a base, a control without a clip.
std::vector<std::string> conditionsOf(const GenerateRequest& request, std::int64_t frames);

/// Throws JobError "unsupported-condition" naming the combination and what the model knows.
void refuseUnknownConditions(const std::vector<std::string>& names, const ModelCard& card);

/// Whether any frame, region or range of the result is given as pixels.
bool hasKnownPixels(const GenerateRequest& request);

} // namespace generation
