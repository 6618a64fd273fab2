#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

// The arithmetic of the picture loops. A loop over the pixels of a row calls these, all of them inlined, and the
// compiler turns the loop into vector instructions; FILM_LOOP compiles it for AVX-512, AVX2 and the baseline and
// chooses when the program starts. Such a function takes its parameters by value and says ivdep: what it writes to is
// then known to be nothing it reads, or the same pixel. Only + - * / sqrt and integer operations are used and the room
// is compiled with -ffp-contract=off, so every machine draws the same bits.

#define FILM_INLINE [[gnu::always_inline]] inline
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&               \
    !defined(__SANITIZE_THREAD__)
#define FILM_LOOP __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FILM_LOOP
#endif

namespace generation::world {

FILM_INLINE float floorOf(float x) {
    const float cut = static_cast<float>(static_cast<std::int32_t>(x));
    return cut > x ? cut - 1.0F : cut;
}
FILM_INLINE float fraction(float x) {
    return x - floorOf(x);
}
FILM_INLINE float least(float a, float b) {
    return a < b ? a : b;
}
FILM_INLINE float most(float a, float b) {
    return a > b ? a : b;
}
FILM_INLINE float magnitude(float x) {
    return x < 0.0F ? -x : x;
}
FILM_INLINE float clamp01(float x) {
    return least(most(x, 0.0F), 1.0F);
}
FILM_INLINE float mix(float a, float b, float t) {
    return a + (b - a) * t;
}
/// 0 below `low`, 1 above `high` (low > high turns it round), smooth between.
FILM_INLINE float ramp(float low, float high, float x) {
    const float t = clamp01((x - low) / (high - low));
    return t * t * (3.0F - 2.0F * t);
}

/// sin(2 pi turns) within 0.002: two parabolas, sharpened.
FILM_INLINE float wave(float turns) {
    const float f = turns - floorOf(turns + 0.5F);
    const float y = f * (8.0F - 16.0F * magnitude(f));
    return y * (0.775F + 0.225F * magnitude(y));
}

/// 2^x within 1e-4 of the value, for x limited to -126..126.
FILM_INLINE float powerOfTwo(float x) {
    x = least(most(x, -126.0F), 126.0F);
    const float whole = floorOf(x);
    const float f = x - whole;
    const float p = 1.0F + f * (0.69583F + f * (0.22606F + f * 0.07811F));
    return std::bit_cast<float>((static_cast<std::int32_t>(whole) + 127) << 23) * p;
}
/// e^-x
FILM_INLINE float decay(float x) {
    return powerOfTwo(-1.44269504F * x);
}

// Value noise: random heights on the integer grid, smooth between, 0 to 1. Lattice points are hashed, no tables.

constexpr std::uint32_t kStepX = 0x9E3779B1U;
constexpr std::uint32_t kStepY = 0x85EBCA77U;

FILM_INLINE std::uint32_t hashed(std::uint32_t x) {
    x ^= x >> 15U;
    x *= 0x2C1B3C6DU;
    x ^= x >> 12U;
    x *= 0x297A2D39U;
    return x ^ x >> 15U;
}
FILM_INLINE float unitOf(std::uint32_t hash) {
    return static_cast<float>(static_cast<std::int32_t>(hash >> 8U)) * 0x1p-24F;
}
/// The key of a grid cell; the argument is a whole number.
FILM_INLINE std::uint32_t cellKey(float x, float y, std::uint32_t seed) {
    return static_cast<std::uint32_t>(static_cast<std::int32_t>(x)) * kStepX +
           static_cast<std::uint32_t>(static_cast<std::int32_t>(y)) * kStepY + seed;
}
FILM_INLINE float cellUnit(float x, float y, std::uint32_t seed) {
    return unitOf(hashed(cellKey(x, y, seed)));
}

FILM_INLINE float noise(float x, std::uint32_t seed) {
    const float cell = floorOf(x);
    const float t = x - cell;
    const std::uint32_t key = cellKey(cell, 0.0F, seed);
    return mix(unitOf(hashed(key)), unitOf(hashed(key + kStepX)), t * t * (3.0F - 2.0F * t));
}
FILM_INLINE float noise(float x, float y, std::uint32_t seed) {
    const float cellX = floorOf(x);
    const float cellY = floorOf(y);
    float u = x - cellX;
    float v = y - cellY;
    u = u * u * (3.0F - 2.0F * u);
    v = v * v * (3.0F - 2.0F * v);
    const std::uint32_t key = cellKey(cellX, cellY, seed);
    const float top = mix(unitOf(hashed(key)), unitOf(hashed(key + kStepX)), u);
    const float bottom = mix(unitOf(hashed(key + kStepY)), unitOf(hashed(key + kStepX + kStepY)), u);
    return mix(top, bottom, v);
}

/// Sums of octaves, each of half the size and weight, still 0 to 1. In two dimensions each is turned by 37 degrees, or
/// the grid would show. Recursive, because a loop inside the loop over pixels would have to be unrolled first.
template <int Octaves>
FILM_INLINE float fractal(float x, std::uint32_t seed) {
    if constexpr (Octaves == 1) {
        return noise(x, seed);
    } else {
        return 0.5F * noise(x, seed) + 0.5F * fractal<Octaves - 1>(2.03F * x, seed + 101U);
    }
}
template <int Octaves>
FILM_INLINE float fractal(float x, float y, std::uint32_t seed) {
    if constexpr (Octaves == 1) {
        return noise(x, y, seed);
    } else {
        return 0.5F * noise(x, y, seed) +
               0.5F * fractal<Octaves - 1>(1.6F * x + 1.2F * y, -1.2F * x + 1.6F * y, seed + 101U);
    }
}
/// Folded octaves: sharp crests where the noise crosses its middle.
template <int Octaves>
FILM_INLINE float ridged(float x, float y, std::uint32_t seed) {
    const float crest = 1.0F - magnitude(2.0F * noise(x, y, seed) - 1.0F);
    if constexpr (Octaves == 1) {
        return crest;
    } else {
        return 0.55F * crest + 0.45F * ridged<Octaves - 1>(1.6F * x + 1.2F * y, -1.2F * x + 1.6F * y, seed + 101U);
    }
}

} // namespace generation::world
