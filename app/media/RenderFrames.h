#pragma once

#include "generation/protocol/FrameFile.h"
#include "timeline/base/Result.h"
#include "timeline/render/FramePlanner.h"
#include "timeline/render/SequenceRenderer.h"

#include <stop_token>
#include <vector>

namespace app {

/// Moments of a timeline as frames for the worker, of the options' size; their rate is for the caller to say. A slate
/// is nothing to generate from: what it stands for is the error. Cancelled when stopped.
timeline::Result<generation::FrameSet> renderFrames(timeline::SequenceRenderer& renderer,
                                                    const timeline::Timeline& source,
                                                    const std::vector<timeline::RationalTime>& times,
                                                    const timeline::PlanOptions& options, const std::stop_token& stop);

} // namespace app
