#pragma once

#include "generation/nn/Kernels.h"

#include <bit>
#include <cstdint>

#define FANTASCOPE_INLINE inline __attribute__((always_inline))

namespace generation::kernels::math {

// What loops over rows are made of. All of it is inlined, so that it becomes vector instructions of the loop around it.

FANTASCOPE_INLINE float load(const float* from, std::int64_t i) {
    return from[i];
}

FANTASCOPE_INLINE float load(const Bf16* from, std::int64_t i) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(from[i]) << 16U);
}

FANTASCOPE_INLINE void store(float* to, std::int64_t i, float value) {
    to[i] = value;
}

/// Rounds to nearest, ties to even.
FANTASCOPE_INLINE void store(Bf16* to, std::int64_t i, float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    to[i] = static_cast<Bf16>((bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U);
}

/// 1 / (1 + e^-x), finite for every finite x: the exponent is clamped to -87 .. 87. e^y = 2^n e^r with |r| <= ln 2 / 2
/// and a polynomial for e^r (Cephes).
FANTASCOPE_INLINE float sigmoid(float x) {
    constexpr float kRound = 12582912.0F; // 1.5 * 2^23: adding it rounds to an integer
    float y = -x < -87.0F ? -87.0F : -x;
    y = y > 87.0F ? 87.0F : y;
    const float moved = y * 1.44269504F + kRound;
    const float n = moved - kRound;
    const float r = (y - n * 0.693359375F) + n * 2.12194440e-4F;
    float p = 1.9875691500e-4F;
    p = p * r + 1.3981999507e-3F;
    p = p * r + 8.3334519073e-3F;
    p = p * r + 4.1665795894e-2F;
    p = p * r + 1.6666665459e-1F;
    p = p * r + 5.0000001201e-1F;
    p = p * r * r + r + 1.0F;
    const auto exponent =
        static_cast<std::uint32_t>(std::bit_cast<std::int32_t>(moved) - std::bit_cast<std::int32_t>(kRound)) << 23U;
    return 1.0F / (1.0F + std::bit_cast<float>(std::bit_cast<std::uint32_t>(p) + exponent));
}

} // namespace generation::kernels::math
