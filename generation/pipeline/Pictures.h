#pragma once

#include "generation/pipeline/ShotPlan.h"
#include "generation/protocol/FrameFile.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <limits>
#include <string>

namespace generation {

// Between frame sets (sRGB, 16 bits, as the editor has them) and video tensors [1, 3, F, H, W], float32 in -1 to 1.

/// How a picture of another shape fills the frame.
enum class Fit : std::uint8_t {
    Cover,  ///< fills it; what sticks out is cut off evenly
    Canvas, ///< whole, in the middle of white: how VACE's reference images were trained
};

/// A frame file that a request names, or its first `most` frames. Throws JobError "bad-input".
FrameSet readInput(const std::string& path, std::int64_t most = std::numeric_limits<std::int64_t>::max());

/// One frame [1, 3, 1, h, w] as it is.
at::Tensor frameTensor(const FrameSet& set, std::int64_t frame);

/// A video [1, 3, F, h, w] at another size: averaged where it shrinks, bilinear where it grows.
at::Tensor resized(const at::Tensor& video, std::int64_t height, std::int64_t width);

/// The base clip on the plan's frames: by time, nearest frame; the last one is held when the clip is short. Covers the
/// asked-for size and is padded to the legal one by repeating its edge.
at::Tensor planVideo(const FrameSet& set, const ShotPlan& plan);

/// One frame of a set on the plan's legal size: [1, 3, 1, H, W]; covers the asked-for size, padded as planVideo() does.
at::Tensor planFrame(const FrameSet& set, std::int64_t frame, const ShotPlan& plan);

/// One picture (the set's first frame) on the plan's legal size: [1, 3, 1, H, W].
at::Tensor planImage(const FrameSet& set, const ShotPlan& plan, Fit fit);

/// An empty set of the plan's asked-for size and rate, to be filled by appendFrames().
FrameSet emptyResult(const ShotPlan& plan);

/// Drops all frames after the first `frames`.
void truncate(FrameSet& set, std::int64_t frames);

/// Appends frames [1, 3, n, H, W] cropped to the set's size, up to `limit` frames in all.
void appendFrames(FrameSet& set, const at::Tensor& video, std::int64_t limit);

} // namespace generation
