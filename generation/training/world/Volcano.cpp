#include "generation/training/world/Land.h"

#include <algorithm>

namespace generation::world {

namespace {

struct ConePaint {
    Rgb key;
    Rgb ambient;
    Rgb air;
    float centre;
    float top;
    float base;
    float half; ///< half the width at the base
    float seconds;
    float side;
    std::uint32_t seed;
};

FILM_LOOP void coneRow(Span s, ConePaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float down = most(0.0F, (s.y - p.top) / (p.base - p.top));
    const float reach = 0.10F + 0.25F * down + 0.65F * down * down;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i) - p.centre;
        const float u = x / p.half;
        const float rough = fractal<4>(x * 4.5F, s.y * 3.0F, p.seed);
        const float lightwards = fractal<3>(x * 4.5F + 0.3F * p.side, s.y * 3.0F - 0.15F, p.seed);
        const float rim = s.y - p.top - 0.035F * (1.0F - 60.0F * u * u) - 0.03F * (rough - 0.5F);
        const float inside = least((reach - magnitude(u)) * p.half + 0.06F * (rough - 0.5F), rim);
        const float facing = clamp01(0.45F + 0.5F * p.side * u / (reach + 0.05F) + 1.6F * (rough - lightwards));
        // Lava follows the noise downwards: streams where a warped direction from the crater crosses few angles.
        const float angle = u / reach;
        const float stream = noise(angle * 4.5F + 0.35F * rough, 0.7F * down, p.seed + 9U);
        const float hot = ramp(0.70F - 0.05F * down, 0.80F, stream) * ramp(1.05F, 0.55F, down);
        const float flow = 0.65F + 0.35F * noise(angle * 6.0F, down * 14.0F - 1.4F * p.seconds, p.seed + 12U);
        const float fire = hot * flow + 0.5F * decay(9.0F * down) * ramp(0.6F, 0.0F, magnitude(angle));
        const float tone = 0.6F + 0.7F * rough;
        const float cover = clamp01(inside / s.pixel + 0.5F);
        const float haze = 0.10F + 0.12F * down;
        const float cr = mix(0.085F * tone * (p.ambient.r + p.key.r * facing), p.air.r, haze) + 1.9F * fire;
        const float cg = mix(0.068F * tone * (p.ambient.g + p.key.g * facing), p.air.g, haze) + 0.52F * fire * flow;
        const float cb = mix(0.066F * tone * (p.ambient.b + p.key.b * facing), p.air.b, haze) + 0.06F * fire;
        r[i] = mix(r[i], cr, cover);
        g[i] = mix(g[i], cg, cover);
        b[i] = mix(b[i], cb, cover);
    }
}

FILM_LOOP void plumeRow(Span s, ConePaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float up = p.top + 0.04F - s.y;
    const float width = 0.05F + 0.33F * up;
    const float lean = 0.30F * up * up * p.side;
    const float glow = decay(5.0F * up);
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i) - p.centre - lean;
        const float billow = fractal<4>(x * 3.2F, s.y * 3.2F + 0.55F * p.seconds, p.seed + 20U);
        const float lightwards =
            fractal<3>(x * 3.2F + 0.3F * p.side, s.y * 3.2F + 0.55F * p.seconds - 0.3F, p.seed + 20U);
        const float thick = ramp(0.0F, 0.28F, billow + 0.28F - 0.62F * magnitude(x) / width);
        const float facing = clamp01(0.5F + 2.0F * (billow - lightwards));
        const float alpha = 0.92F * thick;
        r[i] = mix(r[i], 0.22F * (p.ambient.r + p.key.r * facing) + 1.0F * glow, alpha);
        g[i] = mix(g[i], 0.20F * (p.ambient.g + p.key.g * facing) + 0.30F * glow, alpha);
        b[i] = mix(b[i], 0.20F * (p.ambient.b + p.key.b * facing) + 0.06F * glow, alpha);
    }
}

struct EmberPaint {
    float centre;
    float top;
    float seconds;
    std::uint32_t seed;
};

FILM_LOOP void emberRow(Span s, EmberPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    const float up = p.top - s.y;
    const float v = s.y * 9.0F + 4.5F * p.seconds;
    const float size = most(0.16F, 9.0F * s.pixel);
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i) - p.centre;
        const float u = x * 9.0F + 0.4F * noise(v * 0.3F, p.seed);
        const float cellX = floorOf(u);
        const float cellY = floorOf(v);
        const std::uint32_t h = hashed(cellKey(cellX, cellY, p.seed));
        const float dx = u - cellX - (0.25F + 0.5F * unitOf(h));
        const float dy = v - cellY - (0.25F + 0.5F * unitOf(h << 9U));
        const float spark = most(0.0F, 1.0F - (dx * dx + dy * dy) / (size * size));
        const float near = ramp(0.5F, 0.0F, magnitude(x) - 0.25F * up) * ramp(-0.05F, 0.1F, up) * ramp(0.9F, 0.2F, up);
        const float light = spark * spark * near * (unitOf(h << 17U) < 0.4F ? 1.6F : 0.0F);
        r[i] += light;
        g[i] += 0.35F * light;
    }
}

} // namespace

void drawVolcano(const Stage& stage, const Moment& moment, float base, Frame& frame) {
    const LayerView layer = moment.view.layer(0.3F);
    ConePaint p{};
    p.key = stage.light.key;
    p.ambient = stage.light.ambient;
    p.air = stage.light.horizon;
    p.centre = stage.lot(90, -0.45F, 0.45F);
    p.top = base - stage.lot(91, 0.6F, 0.8F);
    p.base = base;
    p.half = stage.lot(92, 1.0F, 1.3F);
    p.seconds = moment.seconds;
    p.side = stage.light.side;
    p.seed = stage.seedOf(90);
    const int crater = layer.rowAt(p.top + 0.05F);
    for (int j = 0; j < std::min(frame.height(), crater); ++j) {
        plumeRow(frame.row(layer, j), p);
    }
    for (int j = std::max(0, layer.rowAt(p.top - 0.05F)); j < std::min(frame.height(), layer.rowAt(base) + 1); ++j) {
        coneRow(frame.row(layer, j), p);
    }
    const EmberPaint embers{p.centre, p.top, moment.seconds, stage.seedOf(91)};
    for (int j = 0; j < std::min(frame.height(), crater); ++j) {
        emberRow(frame.row(layer, j), embers);
    }
}

} // namespace generation::world
