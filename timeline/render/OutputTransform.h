#pragma once

#include "timeline/render/FrameImage.h"

#include <cstdint>
#include <vector>

namespace timeline {

struct CodedFrame;

/// The frame as it is displayed and encoded: over black, limited to 0..1, with the sRGB curve, 16 bits a channel.
CodedFrame codedFrame(const FrameImage& image);

/// A frame for a screen or a thumbnail: RGBA, 8 bits, sRGB, over black (alpha is 255), rows without padding.
/// Thread: a value.
struct DisplayImage {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels; ///< 4 * width * height

    bool operator==(const DisplayImage&) const = default;
};

/// The same numbers as codedFrame(), rounded to 8 bits.
DisplayImage displayImage(const FrameImage& image);

} // namespace timeline
