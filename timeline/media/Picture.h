#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace timeline {

enum class SampleType : std::uint8_t { Uint8, Uint16, Float32 };
enum class ColorModel : std::uint8_t { Rgb, Yuv, Gray };
enum class ColorMatrix : std::uint8_t { Bt601, Bt709, Bt2020 };
enum class ColorRange : std::uint8_t { Limited, Full };
/// How code values stand for light. Srgb also stands for BT.709, BT.601 and untagged video: film that is not touched
/// comes out as it went in, and stills and video look the same beside each other.
enum class Transfer : std::uint8_t { Linear, Srgb, Gamma22, Gamma28, Pq, Hlg };
enum class Primaries : std::uint8_t { Bt709, Bt601_525, Bt601_625, Bt2020, DisplayP3 };
enum class AlphaMode : std::uint8_t { None, Straight, Premultiplied };
/// Where chroma samples sit against luma samples, in both directions: Left = MPEG-2, Center = JPEG, TopLeft = UHD.
enum class ChromaSiting : std::uint8_t { Left, Center, TopLeft };

struct ColorDescription {
    ColorMatrix matrix = ColorMatrix::Bt709;
    ColorRange range = ColorRange::Limited;
    Transfer transfer = Transfer::Srgb;
    Primaries primaries = Primaries::Bt709;
    bool isGuessed = false; ///< true when the file did not say

    bool operator==(const ColorDescription&) const = default;
};

/// The turn that makes the stored picture upright: mirrored left-right first (if so), then turned clockwise.
struct Orientation {
    bool mirrored = false;
    int quarterTurns = 0; ///< clockwise, 0 to 3

    bool operator==(const Orientation&) const = default;
};

/// One plane, rows top to bottom, `width` samples a row without padding, native byte order.
struct Plane {
    int width = 0;
    int height = 0;
    std::vector<std::byte> samples;

    bool operator==(const Plane&) const = default;
};

/// A decoded picture as it came out of the file: planar, not yet turned, scaled or converted. Planes are
/// R, G, B (Rgb), Y, Cb, Cr (Yuv) or Y (Gray), then alpha if any (always at luma size). Float samples are not limited
/// to 0..1 and have no range: Limited applies to integers only. Full scale of integers is 2^bitDepth - 1.
/// Thread: a value; shared as shared_ptr<const Picture>.
struct Picture {
    int width = 0; ///< of the luma plane, before the turn
    int height = 0;
    ColorModel model = ColorModel::Yuv;
    SampleType sampleType = SampleType::Uint8;
    int bitDepth = 8;     ///< 8 for Uint8, 9 to 16 for Uint16 (in the low bits), 32 for Float32
    int chromaShiftX = 0; ///< log2 of luma per chroma samples across, 0 to 2; Yuv only
    int chromaShiftY = 0; ///< and down, 0 to 2
    AlphaMode alpha = AlphaMode::None;
    ColorDescription color;
    ChromaSiting chromaSiting = ChromaSiting::Left;
    Orientation orientation;
    int pixelAspectNumerator = 1; ///< width of a pixel : its height, before the turn
    int pixelAspectDenominator = 1;
    std::vector<Plane> planes;

    bool operator==(const Picture&) const = default;
};

using PicturePtr = std::shared_ptr<const Picture>;

} // namespace timeline
