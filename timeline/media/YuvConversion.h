#pragma once

#include "timeline/media/CodedFrame.h"

struct AVFrame;

namespace timeline {

/// Fills a frame with BT.709 limited-range YUV of a picture: each sample the nearest code value of the exact number, no
/// dither. The frame's format is yuv420p (chroma sited left: 1 2 1 across, the mean down) or yuv444p10le; where it is
/// larger than the picture, the picture's last column and row repeat.
void fillYuv(AVFrame& frame, const CodedFrame& picture);

/// Fills a gbrp16le frame with the very samples.
void fillRgb(AVFrame& frame, const CodedFrame& picture);

} // namespace timeline
