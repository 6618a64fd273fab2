#pragma once

#include "generation/pipeline/ShotPlan.h"
#include "generation/protocol/Request.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace generation {

/// What of a shot is given as pixels, on the plan's legal size and frames.
/// Thread: a value.
struct KnownPixels {
    at::Tensor video;                 ///< [1, 3, F, H, W] in -1 to 1; 0 (grey) where nothing is known
    at::Tensor mask;                  ///< [1, 1, F, H, W], 1 = to be generated, 0 = known
    std::vector<std::int64_t> stills; ///< frames that are known one by one; they are shown as the model makes them

    std::vector<bool> wholeFrames() const; ///< for each frame, whether all of it is known
    std::int64_t leading() const;          ///< frames from the first on of which all is known
};

/// Reads what the request gives: the base with its mask, placement or retake, the first frame, known frames. Throws
/// JobError "bad-input". Known frames without a path are `before` [1, 3, n, H, W], what a part of a long shot goes on
/// from.
KnownPixels gatherKnownPixels(const GenerateRequest& request, const ShotPlan& plan, const at::Tensor& before = {});

/// For keeping by blending: the video with its unknown frames filled by the nearest known one, so that encoding it does
/// not smear grey into what is known...
at::Tensor heldVideo(const KnownPixels& known);
/// ... and which latents of it are known: [1, 1, T, h, w], 1 where every pixel they stand for is. A still that does not
/// fill the four frames of its latent frame fills it all the same.
at::Tensor latentKnownMask(const KnownPixels& known, const ShotPlan& plan);

/// The given pixels in place of the generated ones, softly where the mask is soft; stills excepted. `frames` are
/// generated ones [1, 3, n, H, W] from frame `first` of the shot on.
at::Tensor withGivenPixels(const at::Tensor& frames, const KnownPixels& known, std::int64_t first);

} // namespace generation
