#include "timeline/render/OutputTransform.h"

#include "timeline/media/CodedFrame.h"
#include "timeline/render/Rows.h"
#include "timeline/render/TransferTable.h"

#include <bit>
#include <cmath>

namespace timeline {

namespace {

/// The sRGB curve times 65535 as straight pieces: light from 2^-13 to 1, 1024 pieces for each doubling, found by the
/// upper bits of the float. The curve is straight below. A piece is at most 0.003 steps away from the curve, so that
/// every code value of 8 to 16 bits that went into the linear picture comes out as it was.
struct Piece {
    float base;
    float slope;
};

constexpr int kPieceBits = 13; // mantissa bits below the piece number
constexpr float kFirst = 0x1p-13F;
constexpr float kStraightSlope = 12.92F * 65535.0F;

std::uint32_t pieceNumber(float light) {
    return (std::bit_cast<std::uint32_t>(light) - std::bit_cast<std::uint32_t>(kFirst)) >> kPieceBits;
}

const std::vector<Piece>& pieces() {
    static const std::vector<Piece> table = [] {
        std::vector<Piece> made;
        for (std::uint32_t i = 0; i <= pieceNumber(1.0F); ++i) {
            const std::uint32_t bits = std::bit_cast<std::uint32_t>(kFirst) + (i << kPieceBits);
            const double low = std::bit_cast<float>(bits);
            const double high = std::bit_cast<float>(bits + (1U << kPieceBits));
            const double slope = (srgbFromLinear(high) - srgbFromLinear(low)) / (high - low) * 65535.0;
            made.push_back(
                {static_cast<float>(srgbFromLinear(low) * 65535.0 - slope * low), static_cast<float>(slope)});
        }
        return made;
    }();
    return table;
}

std::uint16_t code16(const std::vector<Piece>& table, float light) {
    if (!(light > 0)) { // what is no number too
        return 0;
    }
    if (light >= 1) {
        return 65535;
    }
    if (light < kFirst) {
        return static_cast<std::uint16_t>(kStraightSlope * light + 0.5F);
    }
    const Piece piece = table[pieceNumber(light)];
    return static_cast<std::uint16_t>(piece.base + piece.slope * light + 0.5F);
}

} // namespace

CodedFrame codedFrame(const FrameImage& image) {
    CodedFrame frame;
    frame.width = image.width;
    frame.height = image.height;
    frame.channels = 3;
    const auto width = static_cast<std::size_t>(image.width);
    frame.samples.resize(3 * width * static_cast<std::size_t>(image.height));
    const std::vector<Piece>& table = pieces();
    forRows(image.height, [&](int first, int end) {
        const std::size_t last = static_cast<std::size_t>(end) * width;
        for (std::size_t i = static_cast<std::size_t>(first) * width; i < last; ++i) {
            const float* light = image.pixels.data() + 4 * i; // premultiplied: over black already
            std::uint16_t* code = frame.samples.data() + 3 * i;
            code[0] = code16(table, light[0]);
            code[1] = code16(table, light[1]);
            code[2] = code16(table, light[2]);
        }
    });
    return frame;
}

DisplayImage displayImage(const FrameImage& image) {
    DisplayImage display{image.width, image.height, {}};
    const auto width = static_cast<std::size_t>(image.width);
    display.pixels.resize(4 * width * static_cast<std::size_t>(image.height));
    const std::vector<Piece>& table = pieces();
    forRows(image.height, [&](int first, int end) {
        const std::size_t last = static_cast<std::size_t>(end) * width;
        for (std::size_t i = static_cast<std::size_t>(first) * width; i < last; ++i) {
            const float* light = image.pixels.data() + 4 * i;
            std::uint8_t* out = display.pixels.data() + 4 * i;
            for (int channel = 0; channel < 3; ++channel) {
                const std::uint32_t code = code16(table, light[channel]);
                out[channel] = static_cast<std::uint8_t>((code * 255 + 32767) / 65535);
            }
            out[3] = 255;
        }
    });
    return display;
}

} // namespace timeline
