#include "generation/training/measure/Footage.h"

#include <algorithm>
#include <stdexcept>

namespace generation::measure {

namespace {

/// The share of each old pixel in a new one, along one axis.
struct Taps {
    int first;
    std::vector<float> weights;
};

std::vector<Taps> tapsOf(int from, int to) {
    std::vector<Taps> taps(static_cast<std::size_t>(to));
    const double step = static_cast<double>(from) / to;
    for (int i = 0; i < to; ++i) {
        Taps& tap = taps[static_cast<std::size_t>(i)];
        const double start = i * step;
        const double end = start + step;
        tap.first = static_cast<int>(start);
        for (int k = tap.first; k < from && k < end; ++k) {
            const double covered = std::min<double>(end, k + 1) - std::max<double>(start, k);
            tap.weights.push_back(static_cast<float>(covered / step));
        }
    }
    return taps;
}

template <class T>
Footage footageFrom(const T* rgb, const Shape& shape, float scale) {
    if (shape.frames < 1 || shape.width < 8 || shape.height < 8) {
        throw std::invalid_argument("measure: a clip needs frames of at least 8x8 pixels");
    }
    const std::size_t pixels = static_cast<std::size_t>(shape.width) * static_cast<std::size_t>(shape.height);
    Footage footage(static_cast<std::size_t>(shape.frames));
    for (Picture& picture : footage) {
        for (Image* image : {&picture.red, &picture.green, &picture.blue}) {
            *image = {shape.width, shape.height, std::vector<float>(pixels)};
        }
        for (std::size_t i = 0; i < pixels; ++i, rgb += 3) {
            picture.red.values[i] = static_cast<float>(rgb[0]) * scale;
            picture.green.values[i] = static_cast<float>(rgb[1]) * scale;
            picture.blue.values[i] = static_cast<float>(rgb[2]) * scale;
        }
    }
    return footage;
}

} // namespace

Image Picture::luma() const {
    Image luma{red.width, red.height, std::vector<float>(red.values.size())};
    for (std::size_t i = 0; i < luma.values.size(); ++i) {
        luma.values[i] = 0.299F * red.values[i] + 0.587F * green.values[i] + 0.114F * blue.values[i];
    }
    return luma;
}

Image resized(const Image& image, int width, int height) {
    if (width == image.width && height == image.height) {
        return image;
    }
    const std::vector<Taps> columns = tapsOf(image.width, width);
    const std::vector<Taps> rows = tapsOf(image.height, height);
    Image result{width, height, std::vector<float>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height))};
    std::vector<float> line(static_cast<std::size_t>(image.width));
    for (int j = 0; j < height; ++j) {
        const Taps& row = rows[static_cast<std::size_t>(j)];
        std::fill(line.begin(), line.end(), 0.0F);
        for (std::size_t k = 0; k < row.weights.size(); ++k) {
            const float* from =
                image.values.data() + static_cast<std::size_t>(row.first + static_cast<int>(k)) * line.size();
            for (std::size_t i = 0; i < line.size(); ++i) {
                line[i] += row.weights[k] * from[i];
            }
        }
        float* to = result.values.data() + static_cast<std::size_t>(j) * static_cast<std::size_t>(width);
        for (int i = 0; i < width; ++i) {
            const Taps& column = columns[static_cast<std::size_t>(i)];
            for (std::size_t k = 0; k < column.weights.size(); ++k) {
                to[i] += column.weights[k] * line[static_cast<std::size_t>(column.first) + k];
            }
        }
    }
    return result;
}

Picture resized(const Picture& picture, int width, int height) {
    return {resized(picture.red, width, height), resized(picture.green, width, height),
            resized(picture.blue, width, height)};
}

Footage footageOf(const std::uint8_t* rgb, const Shape& shape) {
    return footageFrom(rgb, shape, 1.0F / 255.0F);
}

Footage footageOf(const float* rgb, const Shape& shape) {
    return footageFrom(rgb, shape, 1.0F);
}

Picture atWorkSize(const Picture& picture) {
    return resized(picture, kWorkWidth, kWorkHeight);
}

} // namespace generation::measure
