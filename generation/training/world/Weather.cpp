#include "generation/training/world/Weather.h"

#include <algorithm>

namespace generation::world {

namespace {

struct FogPaint {
    Rgb colour;
    float thickness; ///< of this row
    float seconds;
    std::uint32_t seed;
};

FILM_LOOP void fogRow(Span s, FogPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float drift = fractal<3>(x * 0.9F + 0.14F * p.seconds, s.y * 2.4F, p.seed);
        const float alpha = clamp01(p.thickness * (0.55F + 0.9F * drift));
        r[i] = mix(r[i], p.colour.r, alpha);
        g[i] = mix(g[i], p.colour.g, alpha);
        b[i] = mix(b[i], p.colour.b, alpha);
    }
}

struct RainPaint {
    Rgb colour;
    float columns; ///< streaks per picture unit
    float length;  ///< of a streak's cell
    float fall;    ///< how far it has fallen
    float slant;
    float share; ///< of cells with a streak
    std::uint32_t seed;
};

FILM_LOOP void rainRow(Span s, RainPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float soft = 0.6F * s.pixel * p.columns;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float u = (s.x + s.dx * static_cast<float>(i) + p.slant * s.y) * p.columns;
        const float column = floorOf(u);
        const float lot = cellUnit(column, 7.0F, p.seed);
        const float v = (s.y - p.fall * (0.8F + 0.4F * lot)) / p.length + 13.0F * lot;
        const float cell = floorOf(v);
        const float down = v - cell;
        const std::uint32_t h = hashed(cellKey(column, cell, p.seed));
        const float centre = 0.3F + 0.4F * unitOf(h << 8U);
        const float across = clamp01((0.06F - magnitude(u - column - centre)) / soft + 0.5F);
        const float along = ramp(0.0F, 0.25F, down) * ramp(0.62F, 0.45F, down);
        const float alpha = unitOf(h) < p.share ? across * along * 0.55F : 0.0F;
        r[i] += (p.colour.r - 0.3F * r[i]) * alpha;
        g[i] += (p.colour.g - 0.3F * g[i]) * alpha;
        b[i] += (p.colour.b - 0.3F * b[i]) * alpha;
    }
}

struct SnowPaint {
    Rgb colour;
    float cells; ///< per picture unit
    float fall;
    float sway;
    float size; ///< of a flake, cells
    std::uint32_t seed;
};

FILM_LOOP void snowRow(Span s, SnowPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float v = (s.y - p.fall) * p.cells;
    const float cellY = floorOf(v);
    const float size = most(p.size, 0.8F * s.pixel * p.cells);
    const float inverse = 1.0F / (size * size);
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float u = (s.x + s.dx * static_cast<float>(i) + p.sway) * p.cells;
        const float cellX = floorOf(u);
        const std::uint32_t h = hashed(cellKey(cellX, cellY, p.seed));
        const float dx = u - cellX - (0.28F + 0.44F * unitOf(h));
        const float dy = v - cellY - (0.28F + 0.44F * unitOf(h << 8U));
        const float near = most(0.0F, 1.0F - (dx * dx + dy * dy) * inverse);
        const float alpha = near * (2.0F - near) * (unitOf(h << 16U) < 0.62F ? 0.85F : 0.0F);
        r[i] = mix(r[i], p.colour.r, alpha);
        g[i] = mix(g[i], p.colour.g, alpha);
        b[i] = mix(b[i], p.colour.b, alpha);
    }
}

void drawFog(const Stage& stage, const Moment& moment, Frame& frame) {
    const LayerView layer = moment.view.layer(0.5F);
    FogPaint p{};
    p.colour = stage.light.horizon * 0.95F;
    p.seconds = moment.seconds;
    p.seed = stage.seedOf(150);
    const float thick = stage.lot(150, 0.5F, 0.72F);
    for (int j = 0; j < frame.height(); ++j) {
        const Span row = frame.row(layer, j);
        p.thickness = thick * mix(0.45F, 1.0F, ramp(-0.9F, 0.2F, row.y)) * mix(1.0F, 0.55F, ramp(0.4F, 1.0F, row.y));
        fogRow(row, p);
    }
}

void drawRain(const Stage& stage, const Moment& moment, Frame& frame) {
    const float slant = stage.lot(160, -0.22F, 0.22F);
    const float strength = 0.10F + 0.75F * luma(stage.light.ambient + stage.light.key * 0.3F);
    for (std::uint32_t k = 0; k < 3; ++k) {
        const float near = static_cast<float>(k) / 2.0F;
        RainPaint p{};
        p.colour = Rgb{0.9F, 0.95F, 1.0F} * strength;
        p.columns = 20.0F - 9.0F * near;
        p.length = 0.42F + 0.5F * near;
        p.fall = (2.4F + 1.6F * near) * moment.seconds;
        p.slant = slant;
        p.share = 0.55F;
        p.seed = stage.seedOf(160U + k);
        const LayerView layer = moment.view.layer(0.3F + 0.7F * near);
        for (int j = 0; j < frame.height(); ++j) {
            rainRow(frame.row(layer, j), p);
        }
    }
}

void drawSnow(const Stage& stage, const Moment& moment, Frame& frame) {
    const Rgb flake = stage.light.on({0.92F, 0.94F, 0.98F}, 0.55F) + Rgb{0.05F, 0.05F, 0.06F};
    const float wind = stage.lot(170, -0.18F, 0.18F);
    for (std::uint32_t k = 0; k < 3; ++k) {
        const float near = static_cast<float>(k) / 2.0F;
        SnowPaint p{};
        p.colour = flake;
        p.cells = 11.0F - 6.5F * near;
        p.fall = (0.20F + 0.30F * near) * moment.seconds;
        p.sway = wind * (0.5F + near) * moment.seconds + 0.03F * wave(0.3F * moment.seconds + 0.3F * near);
        p.size = 0.12F + 0.04F * near;
        p.seed = stage.seedOf(170U + k);
        const LayerView layer = moment.view.layer(0.3F + 0.7F * near);
        for (int j = 0; j < frame.height(); ++j) {
            snowRow(frame.row(layer, j), p);
        }
    }
}

} // namespace

void drawWeather(const Stage& stage, const Moment& moment, Frame& frame) {
    switch (stage.clip.weather) {
    case Weather::Clear:
        return;
    case Weather::Fog:
        return drawFog(stage, moment, frame);
    case Weather::Rain:
        return drawRain(stage, moment, frame);
    case Weather::Snow:
        return drawSnow(stage, moment, frame);
    }
}

} // namespace generation::world
