#include "generation/training/world/Style.h"

namespace generation::world {

namespace {

struct FilmPaint {
    float aspect;
    float grain;
    float flicker;
    float scratchX; ///< where a scratch runs, far outside when there is none
    std::uint32_t seed;
};

/// 1 in the middle, darker towards the corners.
FILM_INLINE float vignette(float x, float y, float aspect) {
    const float u = x / aspect;
    const float d2 = 0.5F * (u * u + y * y);
    return 1.0F - 0.75F * ramp(0.25F, 1.0F, d2);
}

FILM_LOOP void noirRow(Span s, FilmPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float y = 0.36F * r[i] + 0.54F * g[i] + 0.10F * b[i];
        const float hard = ramp(0.04F, 0.86F, y);
        const float grain = p.grain * (cellUnit(static_cast<float>(i), floorOf(s.y / s.pixel), p.seed) - 0.5F);
        const float value = clamp01(mix(y, hard, 0.75F) * vignette(x, s.y, p.aspect) + grain);
        r[i] = value;
        g[i] = value;
        b[i] = value;
    }
}

FILM_LOOP void vintageRow(Span s, FilmPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float rowNumber = floorOf(s.y / s.pixel);
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float y = 0.30F * r[i] + 0.59F * g[i] + 0.11F * b[i];
        const float faded = 0.10F + 0.80F * y;
        const float grain = p.grain * (cellUnit(static_cast<float>(i), rowNumber, p.seed) - 0.5F);
        const float scratch = 0.30F * clamp01(1.2F - magnitude(x - p.scratchX) / s.pixel);
        const float dust = 0.30F * ramp(0.93F, 0.97F, noise(x * 16.0F, s.y * 16.0F, p.seed + 9U));
        const float value = (faded + grain) * p.flicker * vignette(x, s.y, p.aspect) + scratch - dust * faded;
        r[i] = clamp01(mix(value, r[i], 0.10F) * 1.08F + 0.02F);
        g[i] = clamp01(mix(value, g[i], 0.10F) * 0.88F + 0.005F);
        b[i] = clamp01(mix(value, b[i], 0.10F) * 0.62F);
    }
}

FILM_LOOP void thermalRow(Span s) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float heat = clamp01(0.45F * r[i] + 0.45F * g[i] + 0.10F * b[i]);
        r[i] = clamp01(ramp(0.12F, 0.55F, heat) * 0.98F + 0.03F);
        g[i] = clamp01(0.85F * ramp(0.42F, 0.85F, heat) + 0.15F * ramp(0.85F, 1.0F, heat));
        b[i] = clamp01(0.20F + 0.55F * ramp(0.0F, 0.28F, heat) - 0.72F * ramp(0.33F, 0.60F, heat) +
                       0.9F * ramp(0.80F, 1.0F, heat));
    }
}

/// Film moves on by whole pictures, 24 a second, whatever the clip's rate.
std::uint32_t picture(const Easel& easel) {
    return static_cast<std::uint32_t>(static_cast<std::int32_t>(easel.seconds * 24.0F + 0.5F));
}

FilmPaint filmOf(const Easel& easel, float grain) {
    const std::uint32_t number = picture(easel);
    FilmPaint p{};
    p.aspect = static_cast<float>(easel.frame.width()) / static_cast<float>(easel.frame.height());
    p.grain = grain;
    p.seed = easel.stage.seedOf(300) + 7919U * number;
    p.flicker = 1.0F + 0.10F * (unitOf(hashed(p.seed)) - 0.5F);
    p.scratchX = unitOf(hashed(p.seed + 1U)) < 0.5F ? p.aspect * (2.0F * unitOf(hashed(p.seed + 2U)) - 1.0F) : 99.0F;
    return p;
}

} // namespace

void styleFilmNoir(const Easel& easel) {
    const FilmPaint p = filmOf(easel, 0.05F);
    for (int j = 0; j < easel.frame.height(); ++j) {
        noirRow(easel.frame.row(easel.screen, j), p);
    }
}

void styleVintage(const Easel& easel) {
    const FilmPaint p = filmOf(easel, 0.08F);
    for (int j = 0; j < easel.frame.height(); ++j) {
        vintageRow(easel.frame.row(easel.screen, j), p);
    }
}

void styleThermal(const Easel& easel) {
    blur(easel.frame, easel.pixels(0.7F), easel.scratch.plane);
    for (int j = 0; j < easel.frame.height(); ++j) {
        thermalRow(easel.frame.row(easel.screen, j));
    }
}

} // namespace generation::world
