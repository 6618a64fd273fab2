#pragma once

#include "timeline/media/Picture.h"
#include "timeline/render/FramePlan.h"

#include <cstring>
#include <functional>
#include <initializer_list>

namespace timeline::test {

/// A plane of integer codes or floats from code(x, y).
inline Plane makePlane(int width, int height, SampleType type, const std::function<double(int, int)>& code) {
    const std::size_t size = type == SampleType::Uint8 ? 1 : type == SampleType::Uint16 ? 2 : 4;
    Plane plane{width, height, std::vector<std::byte>(size * static_cast<std::size_t>(width * height))};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            std::byte* out = plane.samples.data() + size * static_cast<std::size_t>(y * width + x);
            const double value = code(x, y);
            if (type == SampleType::Uint8) {
                *out = static_cast<std::byte>(value);
            } else if (type == SampleType::Uint16) {
                const auto wide = static_cast<std::uint16_t>(value);
                std::memcpy(out, &wide, 2);
            } else {
                const auto real = static_cast<float>(value);
                std::memcpy(out, &real, 4);
            }
        }
    }
    return plane;
}

using Code = std::function<double(int plane, int x, int y)>;

inline SampleType typeOf(int bitDepth) {
    return bitDepth == 8 ? SampleType::Uint8 : bitDepth == 32 ? SampleType::Float32 : SampleType::Uint16;
}

/// R, G, B or R, G, B, A planes; full range.
inline Picture rgbPicture(int width, int height, int bitDepth, const Code& code, AlphaMode alpha = AlphaMode::None) {
    Picture picture;
    picture.width = width;
    picture.height = height;
    picture.model = ColorModel::Rgb;
    picture.sampleType = typeOf(bitDepth);
    picture.bitDepth = bitDepth;
    picture.alpha = alpha;
    picture.color.range = ColorRange::Full;
    for (int plane = 0; plane < (alpha == AlphaMode::None ? 3 : 4); ++plane) {
        picture.planes.push_back(
            makePlane(width, height, picture.sampleType, [&](int x, int y) { return code(plane, x, y); }));
    }
    return picture;
}

inline Picture solidRgb(int width, int height, std::initializer_list<double> codes, int bitDepth = 8,
                        AlphaMode alpha = AlphaMode::None) {
    return rgbPicture(width, height, bitDepth, [&](int plane, int, int) { return codes.begin()[plane]; }, alpha);
}

/// Linear light as floats: what comes out must be what went in.
inline Picture lightPicture(int width, int height, const Code& light, AlphaMode alpha = AlphaMode::None) {
    Picture picture = rgbPicture(width, height, 32, light, alpha);
    picture.color.transfer = Transfer::Linear;
    return picture;
}

inline Picture yuvPicture(int width, int height, int bitDepth, std::initializer_list<int> shifts, const Code& code) {
    Picture picture;
    picture.width = width;
    picture.height = height;
    picture.sampleType = typeOf(bitDepth);
    picture.bitDepth = bitDepth;
    picture.chromaShiftX = shifts.begin()[0];
    picture.chromaShiftY = shifts.begin()[1];
    for (int plane = 0; plane < 3; ++plane) {
        const int shiftX = plane == 0 ? 0 : picture.chromaShiftX;
        const int shiftY = plane == 0 ? 0 : picture.chromaShiftY;
        picture.planes.push_back(makePlane((width + (1 << shiftX) - 1) >> shiftX,
                                           (height + (1 << shiftY) - 1) >> shiftY, picture.sampleType,
                                           [&](int x, int y) { return code(plane, x, y); }));
    }
    return picture;
}

inline PicturePtr shared(Picture picture) {
    return std::make_shared<const Picture>(std::move(picture));
}

inline FramePlan planOf(int width, int height, std::vector<FrameLayer> layers) {
    return {width, height, {}, std::move(layers)};
}

} // namespace timeline::test
