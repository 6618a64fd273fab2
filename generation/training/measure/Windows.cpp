#include "generation/training/measure/Windows.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace generation::measure {

namespace {

constexpr int kCells = 4;
constexpr int kBins = 8;
constexpr int kGrid = 6;

/// A picture taken apart.
struct Drawn {
    std::array<Image, 3> colours;   ///< luma, red against green, yellow against blue
    std::array<Image, kBins> edges; ///< strength of each direction
};

Drawn drawnOf(const Picture& picture) {
    Drawn s;
    s.colours[0] = picture.luma();
    s.colours[1] = picture.red;
    s.colours[2] = picture.blue;
    const Image& luma = s.colours[0];
    for (std::size_t i = 0; i < luma.values.size(); ++i) {
        const float r = picture.red.values[i];
        const float g = picture.green.values[i];
        s.colours[1].values[i] = r - g;
        s.colours[2].values[i] = 0.5F * (r + g) - picture.blue.values[i];
    }
    for (Image& sheet : s.edges) {
        sheet = {luma.width, luma.height, std::vector<float>(luma.values.size())};
    }
    for (int y = 0; y < luma.height; ++y) {
        for (int x = 0; x < luma.width; ++x) {
            const float dx = luma.near(x + 1, y) - luma.near(x - 1, y);
            const float dy = luma.near(x, y + 1) - luma.near(x, y - 1);
            const float angle = std::atan2(dy, dx) * 0.31830989F;
            const float bin = (angle < 0.0F ? angle + 1.0F : angle) * kBins;
            s.edges[static_cast<std::size_t>(bin) % kBins]
                .values[static_cast<std::size_t>(y) * static_cast<std::size_t>(luma.width) +
                        static_cast<std::size_t>(x)] = std::sqrt(dx * dx + dy * dy);
        }
    }
    return s;
}

} // namespace

Sums::Sums(const Image& image)
    : m_stride(static_cast<std::size_t>(image.width + 2 * kWindow + 1)),
      m_sums(m_stride * static_cast<std::size_t>(image.height + 2 * kWindow + 1)) {
    for (int y = 0; y < image.height + 2 * kWindow; ++y) {
        double row = 0.0;
        for (int x = 0; x < image.width + 2 * kWindow; ++x) {
            row += image.near(x - kWindow, y - kWindow);
            m_sums[at(x + 1, y + 1)] = m_sums[at(x + 1, y)] + row;
        }
    }
}

float Sums::mean(int left, int top, int size) const {
    const int x = left + kWindow;
    const int y = top + kWindow;
    const double sum =
        m_sums[at(x + size, y + size)] - m_sums[at(x, y + size)] - m_sums[at(x + size, y)] + m_sums[at(x, y)];
    return static_cast<float>(sum / (size * size));
}

Sheets sheetsOf(const Picture& picture) {
    const Drawn drawn = drawnOf(picture);
    Sheets sheets;
    for (const Image& image : drawn.colours) {
        sheets.emplace_back(image);
    }
    for (const Image& image : drawn.edges) {
        sheets.emplace_back(image);
    }
    return sheets;
}

Features windowFeatures(const Sheets& sheets, int left, int top) {
    Features f;
    f.reserve(kCells * kCells * kBins + 3 * kGrid * kGrid + 8);
    const int cell = kWindow / kCells;
    float strength = 0.0F;
    for (int j = 0; j < kCells; ++j) {
        for (int i = 0; i < kCells; ++i) {
            for (std::size_t bin = 0; bin < kBins; ++bin) {
                f.push_back(sheets[3 + bin].mean(left + i * cell, top + j * cell, cell));
                strength += f.back();
            }
        }
    }
    for (float& edge : f) {
        edge = std::sqrt(edge / (strength + 0.05F));
    }
    f.push_back(std::sqrt(strength));
    const int step = kWindow / kGrid;
    for (std::size_t k = 0; k < 3; ++k) {
        const float whole = sheets[k].mean(left, top, kWindow);
        f.push_back(whole);
        for (int j = 0; j < kGrid; ++j) {
            for (int i = 0; i < kGrid; ++i) {
                f.push_back(sheets[k].mean(left + i * step + 1, top + j * step + 1, step) - whole);
            }
        }
    }
    f.push_back(static_cast<float>(top) / kWorkHeight);
    return f;
}

namespace {

/// Shares of hues, weighted by saturation, then of greys by brightness, in a square around a place.
struct Palette {
    std::array<float, 16> shares{};
};
Palette paletteOf(const Picture& picture, int column, int row, int half) {
    Palette palette;
    const float share = 1.0F / static_cast<float>((2 * half + 1) * (2 * half + 1));
    for (int y = row - half; y <= row + half; ++y) {
        for (int x = column - half; x <= column + half; ++x) {
            const float r = picture.red.near(x, y);
            const float g = picture.green.near(x, y);
            const float b = picture.blue.near(x, y);
            const auto [low, high] = std::minmax({r, g, b});
            const float range = high - low;
            if (range > 0.03F) {
                const float sector = high == r   ? (g - b) / range
                                     : high == g ? 2.0F + (b - r) / range
                                                 : 4.0F + (r - g) / range;
                const float hue = (sector < 0.0F ? sector + 6.0F : sector) * 2.0F;
                palette.shares[static_cast<std::size_t>(hue) % 12] += share * range;
            }
            palette.shares[12 + static_cast<std::size_t>(std::clamp(high * 3.99F, 0.0F, 3.0F))] +=
                share * (1.0F - range / (high + 0.05F));
        }
    }
    return palette;
}

} // namespace

Features colourFeatures(const Picture& picture, int column, int row) {
    Features f;
    const Palette inside = paletteOf(picture, column, row, 14);
    const Palette around = paletteOf(picture, column, row, 30);
    for (std::size_t k = 0; k < inside.shares.size(); ++k) {
        f.push_back(std::sqrt(inside.shares[k]));
        f.push_back(inside.shares[k] - around.shares[k]);
    }
    for (const Image* image : {&picture.red, &picture.green, &picture.blue}) {
        const Image light = resized(*image, 1, 5);
        f.insert(f.end(), light.values.begin(), light.values.end());
        for (int j = -2; j <= 2; ++j) {
            for (int i = -2; i <= 2; ++i) {
                float sum = 0.0F;
                for (int k = 0; k < 9; ++k) {
                    sum += image->near(column + 7 * i + k % 3 - 1, row + 7 * j + k / 3 - 1);
                }
                f.push_back(sum / 9.0F);
            }
        }
    }
    return f;
}

} // namespace generation::measure
