#pragma once

#include "generation/training/measure/Footage.h"

#include <bitset>

namespace generation::measure {

/// 256 bits that stay nearly the same when a picture is scaled, compressed or brightened a little: the signs of its low
/// frequencies. Made as the PDQ hash describes it (Facebook, "The TMK+PDQF Video-Hashing Algorithm and the PDQ
/// Image-Hashing Algorithm", 2019): luma smoothed to 64x64, the 16x16 lowest frequencies of its cosine transform
/// without the constant ones, each against their median. Bits are not promised to equal the reference program's.
struct PerceptualHash {
    std::bitset<256> bits;
    /// 0 to 100: how much of a picture there is. Below 50 hashes of flat pictures match by chance.
    int quality = 0;
};

PerceptualHash perceptualHashOf(const Picture& picture);

/// Bits that differ. Up to kSameHash pictures count as copies of one another.
int hashDistance(const PerceptualHash& a, const PerceptualHash& b);
constexpr int kSameHash = 31;
constexpr int kLeastQuality = 50;

} // namespace generation::measure
