#include "timeline/media/YuvConversion.h"

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace timeline {

namespace {

// BT.709: luma is the weighted sum, chroma the scaled differences to it.
constexpr float kRed = 0.2126F;
constexpr float kBlue = 0.0722F;
constexpr float kGreen = 1.0F - kRed - kBlue;
constexpr float kCbScale = 1.0F / (2.0F * (1.0F - kBlue));
constexpr float kCrScale = 1.0F / (2.0F * (1.0F - kRed));
constexpr float kFullScale = 65535.0F;

/// One row of the picture as Y' (0..1), Cb and Cr (-0.5..0.5).
struct Row {
    std::vector<float> luma;
    std::vector<float> cb;
    std::vector<float> cr;

    explicit Row(std::size_t width) : luma(width), cb(width), cr(width) {}
};

void readRow(const CodedFrame& picture, int y, Row& row) {
    const auto stride = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.channels);
    const std::uint16_t* samples =
        picture.samples.data() + static_cast<std::size_t>(std::min(y, picture.height - 1)) * stride;
    const auto width = static_cast<std::size_t>(picture.width);
    for (std::size_t x = 0; x < row.luma.size(); ++x) {
        const std::uint16_t* pixel = samples + std::min(x, width - 1) * static_cast<std::size_t>(picture.channels);
        const float red = pixel[0] / kFullScale;
        const float green = pixel[1] / kFullScale;
        const float blue = pixel[2] / kFullScale;
        const float luma = kRed * red + kGreen * green + kBlue * blue;
        row.luma[x] = luma;
        row.cb[x] = (blue - luma) * kCbScale;
        row.cr[x] = (red - luma) * kCrScale;
    }
}

/// Limited range of `bits` bits: luma 16 to 235, chroma 128 +- 112, in eighths bits' steps.
template <typename Sample>
class Quantiser {
public:
    explicit Quantiser(int bits) : m_unit(static_cast<float>(1 << (bits - 8))) {}

    Sample luma(float value) const { return code(16.0F + 219.0F * value); }
    Sample chroma(float value) const { return code(128.0F + 224.0F * value); }

private:
    Sample code(float value) const { return static_cast<Sample>(std::lrint(value * m_unit)); }

    float m_unit;
};

template <typename Sample>
Sample* rowOf(AVFrame& frame, int plane, int y) {
    return reinterpret_cast<Sample*>(frame.data[plane] + static_cast<std::ptrdiff_t>(y) * frame.linesize[plane]);
}

/// Chroma of two rows at every second column, with the weights 1 2 1 about it.
template <typename Sample>
void writeHalfChroma(const std::vector<float>& upper, const std::vector<float>& lower,
                     const Quantiser<Sample>& quantiser, Sample* out) {
    const std::size_t width = upper.size();
    const auto at = [&upper, &lower](std::size_t x) { return upper[x] + lower[x]; };
    for (std::size_t x = 0; x < width; x += 2) {
        const float left = at(x == 0 ? 0 : x - 1);
        const float right = at(std::min(x + 1, width - 1));
        out[x / 2] = quantiser.chroma((left + 2.0F * at(x) + right) / 8.0F);
    }
}

template <typename Sample>
void fill(AVFrame& frame, const CodedFrame& picture, int bits, bool isHalf) {
    const Quantiser<Sample> quantiser(bits);
    const auto width = static_cast<std::size_t>(frame.width);
    Row upper(width);
    Row row(width);
    for (int y = 0; y < frame.height; ++y) {
        readRow(picture, y, row);
        Sample* luma = rowOf<Sample>(frame, 0, y);
        std::transform(row.luma.begin(), row.luma.end(), luma, [&](float value) { return quantiser.luma(value); });
        if (!isHalf) {
            std::transform(row.cb.begin(), row.cb.end(), rowOf<Sample>(frame, 1, y),
                           [&](float v) { return quantiser.chroma(v); });
            std::transform(row.cr.begin(), row.cr.end(), rowOf<Sample>(frame, 2, y),
                           [&](float v) { return quantiser.chroma(v); });
        } else if (y % 2 == 1) {
            writeHalfChroma(upper.cb, row.cb, quantiser, rowOf<Sample>(frame, 1, y / 2));
            writeHalfChroma(upper.cr, row.cr, quantiser, rowOf<Sample>(frame, 2, y / 2));
        } else {
            std::swap(upper, row);
        }
    }
}

} // namespace

void fillYuv(AVFrame& frame, const CodedFrame& picture) {
    const AVPixFmtDescriptor& format = *av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    const bool isHalf = format.log2_chroma_w == 1;
    if (format.comp[0].depth == 8) {
        fill<std::uint8_t>(frame, picture, 8, isHalf);
    } else {
        fill<std::uint16_t>(frame, picture, format.comp[0].depth, isHalf);
    }
}

void fillRgb(AVFrame& frame, const CodedFrame& picture) {
    // FFmpeg's planes are G, B, R.
    constexpr int kPlanes[3] = {2, 0, 1};
    const auto channels = static_cast<std::size_t>(picture.channels);
    for (int y = 0; y < picture.height; ++y) {
        const std::uint16_t* pixel =
            picture.samples.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) * channels;
        for (std::size_t channel = 0; channel < 3; ++channel) {
            std::uint16_t* out = rowOf<std::uint16_t>(frame, kPlanes[channel], y);
            for (int x = 0; x < picture.width; ++x) {
                out[x] = pixel[static_cast<std::size_t>(x) * channels + channel];
            }
        }
    }
}

} // namespace timeline
