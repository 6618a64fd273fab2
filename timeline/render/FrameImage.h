#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace timeline {

/// A composited frame: RGBA, float32, linear light, Rec.709 primaries, premultiplied, rows top to bottom.
/// Values above 1 and below 0 are allowed; alpha is 0 to 1.
/// Thread: a value; shared as shared_ptr<const FrameImage>.
struct FrameImage {
    int width = 0;
    int height = 0;
    std::vector<float> pixels; ///< 4 * width * height

    bool operator==(const FrameImage&) const = default;
};

using FrameImagePtr = std::shared_ptr<const FrameImage>;

} // namespace timeline
