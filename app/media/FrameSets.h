#pragma once

#include "generation/protocol/FrameFile.h"
#include "timeline/media/CodedFrame.h"
#include "timeline/media/Picture.h"

#include <cstdint>
#include <vector>

namespace app {

// Between the frames of the worker's protocol and those of the timeline: both are sRGB-coded, full range, 16 bits.

/// Adds a frame of the set's size; alpha is left out.
void appendFrame(generation::FrameSet& set, const timeline::CodedFrame& frame);
timeline::CodedFrame frameAt(const generation::FrameSet& set, std::int64_t index);
/// Every frame as a picture for the renderer.
std::vector<timeline::PicturePtr> picturesOf(const generation::FrameSet& set);

} // namespace app
