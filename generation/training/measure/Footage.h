#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace generation::measure {

/// One float per pixel, row after row.
struct Image {
    int width = 0;
    int height = 0;
    std::vector<float> values;

    float at(int x, int y) const {
        return values[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
    }
    /// Beyond the border the border's pixels go on.
    float near(int x, int y) const {
        return at(x < 0 ? 0 : x >= width ? width - 1 : x, y < 0 ? 0 : y >= height ? height - 1 : y);
    }
};

/// A colour picture as three images of displayed values, 0 to 1.
struct Picture {
    Image red;
    Image green;
    Image blue;

    /// Rec.601.
    Image luma() const;
};

/// The mean over the pixels that each new pixel covers; enlarging repeats pixels.
Image resized(const Image& image, int width, int height);
Picture resized(const Picture& picture, int width, int height);

/// A clip to be measured.
using Footage = std::vector<Picture>;

/// From interleaved pixels [frames, height, width, 3], 0 to 255 or 0 to 1.
struct Shape {
    int frames;
    int height;
    int width;
};
Footage footageOf(const std::uint8_t* rgb, const Shape& shape);
Footage footageOf(const float* rgb, const Shape& shape);

/// Measures look at clips of one size, whatever size a model draws.
constexpr int kWorkWidth = 224;
constexpr int kWorkHeight = 128;
Picture atWorkSize(const Picture& picture);

} // namespace generation::measure
