#include "generation/training/measure/PerceptualHash.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace generation::measure {

namespace {

constexpr int kSide = 64;
constexpr int kLow = 16;

/// Rows 1 to 16 of the cosine transform of 64 samples.
std::array<std::array<float, kSide>, kLow> cosines() {
    std::array<std::array<float, kSide>, kLow> rows{};
    for (int k = 0; k < kLow; ++k) {
        for (int i = 0; i < kSide; ++i) {
            rows[static_cast<std::size_t>(k)][static_cast<std::size_t>(i)] = static_cast<float>(
                std::sqrt(2.0 / kSide) * std::cos(std::numbers::pi / (2.0 * kSide) * (k + 1) * (2 * i + 1)));
        }
    }
    return rows;
}

/// Two passes of a box as wide as half of what a small pixel covers.
Image smoothed(const Image& image) {
    const auto windowOf = [](int size) { return (size + 2 * kSide - 1) / (2 * kSide); };
    const int halfX = windowOf(image.width) / 2;
    const int halfY = windowOf(image.height) / 2;
    Image result = image;
    for (int pass = 0; pass < 2 && (halfX > 0 || halfY > 0); ++pass) {
        Image next = result;
        for (int y = 0; y < image.height; ++y) {
            for (int x = 0; x < image.width; ++x) {
                float sum = 0.0F;
                for (int dy = -halfY; dy <= halfY; ++dy) {
                    for (int dx = -halfX; dx <= halfX; ++dx) {
                        sum += result.near(x + dx, y + dy);
                    }
                }
                next.values[static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                            static_cast<std::size_t>(x)] = sum / static_cast<float>((2 * halfX + 1) * (2 * halfY + 1));
            }
        }
        result = std::move(next);
    }
    return result;
}

/// Sum of the large steps between neighbours, in hundredths of the range.
int qualityOf(const Image& small) {
    int sum = 0;
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            if (x + 1 < kSide) {
                sum += std::abs(static_cast<int>((small.at(x, y) - small.at(x + 1, y)) * 100.0F));
            }
            if (y + 1 < kSide) {
                sum += std::abs(static_cast<int>((small.at(x, y) - small.at(x, y + 1)) * 100.0F));
            }
        }
    }
    return std::min(100, sum / 90);
}

} // namespace

PerceptualHash perceptualHashOf(const Picture& picture) {
    const Image luma = picture.luma();
    // Large pictures are brought near the transform's size first, which is the same smoothing and much cheaper.
    const Image start = luma.width > 512 || luma.height > 512 ? resized(luma, 512, 512) : luma;
    const Image soft = smoothed(start);
    Image small{kSide, kSide, std::vector<float>(kSide * kSide)};
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            const int fromX = (2 * x + 1) * soft.width / (2 * kSide);
            const int fromY = (2 * y + 1) * soft.height / (2 * kSide);
            small.values[static_cast<std::size_t>(y) * kSide + static_cast<std::size_t>(x)] = soft.at(fromX, fromY);
        }
    }
    static const auto rows = cosines();
    std::array<std::array<float, kSide>, kLow> half{};
    for (std::size_t k = 0; k < kLow; ++k) {
        for (std::size_t y = 0; y < kSide; ++y) {
            for (std::size_t x = 0; x < kSide; ++x) {
                half[k][x] += rows[k][y] * small.values[y * kSide + x];
            }
        }
    }
    std::array<float, 256> frequencies{};
    for (std::size_t k = 0; k < kLow; ++k) {
        for (std::size_t l = 0; l < kLow; ++l) {
            for (std::size_t x = 0; x < kSide; ++x) {
                frequencies[k * kLow + l] += half[k][x] * rows[l][x];
            }
        }
    }
    std::array<float, 256> sorted = frequencies;
    std::nth_element(sorted.begin(), sorted.begin() + 127, sorted.end());
    PerceptualHash hash;
    for (std::size_t i = 0; i < frequencies.size(); ++i) {
        hash.bits[i] = frequencies[i] > sorted[127];
    }
    hash.quality = qualityOf(small);
    return hash;
}

int hashDistance(const PerceptualHash& a, const PerceptualHash& b) {
    return static_cast<int>((a.bits ^ b.bits).count());
}

} // namespace generation::measure
