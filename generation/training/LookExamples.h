#pragma once

#include "generation/model/ModelCard.h"
#include "generation/pipeline/Control.h"
#include "generation/pipeline/PixelCodec.h"
#include "generation/training/LatentCache.h"
#include "generation/training/LookJob.h"

#include <vector>

namespace generation {

/// A stretch of one of the user's clips as the model sees it.
/// Thread: a value.
struct LookWindow {
    at::Tensor video; ///< [1, 3, F, H, W], F = 4n + 1
    std::string caption;
};

/// One of the job's clips brought to the model's size and rate, cut into stretches of at most the model's length,
/// overlapping by half; stills and short clips are as long as they can be. Throws JobError "bad-input".
std::vector<LookWindow> lookWindows(const LookJob& job, const LookClip& clip, const ModelCard& card,
                                    std::int64_t tokenPixels);

/// Latents of a window. With `card.hasControl` it has the control that text alone runs with where the model needs one,
/// and where it knows luma or edges that of the clip itself, so that the look holds when a base clip is restyled.
std::vector<LatentExample> lookExamples(const LookWindow& window, const ModelCard& card, const PixelCodec& codec);

} // namespace generation
