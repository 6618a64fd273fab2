#include "generation/training/world/Planet.h"

#include "generation/training/world/Sky.h"

#include <algorithm>

namespace generation::world {

namespace {

struct NebulaPaint {
    Rgb first;
    Rgb second;
    std::uint32_t seed;
};

FILM_LOOP void nebulaRow(Span s, NebulaPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float v = s.y * 0.9F;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float u = (s.x + s.dx * static_cast<float>(i)) * 0.9F;
        const float bend = noise(u * 1.3F, v * 1.3F, p.seed + 40U);
        const float one = ramp(0.48F, 0.80F, fractal<4>(u + bend, v - bend, p.seed));
        const float two = ramp(0.46F, 0.78F, fractal<4>(u * 1.2F - bend, v * 1.2F + 7.0F, p.seed + 60U));
        r[i] = 0.0012F + p.first.r * one + p.second.r * two;
        g[i] = 0.0012F + p.first.g * one + p.second.g * two;
        b[i] = 0.0045F + p.first.b * one + p.second.b * two;
    }
}

struct PlanetPaint {
    Rgb dark;
    Rgb light;
    Rgb rim;
    Point at;
    Point lit; ///< where the light comes from, with `litZ` a unit vector
    float litZ;
    float radius;
    float turn;
    float tilt;
    float bands; ///< 1: a gas giant, 0: land and craters
    std::uint32_t seed;
};

FILM_LOOP void planetRow(Span s, PlanetPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float inverse = 1.0F / p.radius;
    const float ny = (s.y - p.at.y) * inverse;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float nx = (s.x + s.dx * static_cast<float>(i) - p.at.x) * inverse;
        const float d2 = nx * nx + ny * ny;
        const float nz = std::sqrt(most(0.0F, 1.0F - d2));
        const float distance = std::sqrt(d2);
        const float latitude = ny + p.tilt * nx;
        const float longitude = nx / (0.35F + nz) + p.turn;
        const float warp = fractal<3>(longitude * 1.6F, latitude * 5.0F, p.seed);
        const float band =
            0.5F + 0.5F * wave(latitude * 2.3F + 0.35F * warp + 0.3F * noise(latitude * 9.0F, p.seed + 3U));
        const float land = ramp(0.44F, 0.56F, fractal<4>(longitude * 1.5F, latitude * 1.7F, p.seed + 9U));
        const float tone = clamp01(mix(0.75F * land + 0.25F * warp, 0.75F * band + 0.4F * (warp - 0.3F), p.bands));
        const float sun = nx * p.lit.x + ny * p.lit.y + nz * p.litZ;
        const float day = ramp(-0.12F, 0.45F, sun);
        const float edge = (1.0F - nz) * (1.0F - nz);
        const float cover = clamp01((1.0F - distance) * p.radius / s.pixel + 0.5F);
        const float air = decay(most(distance - 1.0F, 0.0F) * 13.0F) * (0.25F + 0.75F * ramp(-0.4F, 0.6F, sun));
        const float body = 0.015F + 1.05F * day * (1.0F - 0.35F * edge);
        const float halo = 0.7F * edge * day;
        r[i] = mix(r[i] + p.rim.r * air * 0.55F, mix(p.dark.r, p.light.r, tone) * body + p.rim.r * halo, cover);
        g[i] = mix(g[i] + p.rim.g * air * 0.55F, mix(p.dark.g, p.light.g, tone) * body + p.rim.g * halo, cover);
        b[i] = mix(b[i] + p.rim.b * air * 0.55F, mix(p.dark.b, p.light.b, tone) * body + p.rim.b * halo, cover);
    }
}

struct RingPaint {
    Rgb colour;
    Point at;
    float radius; ///< of the planet
    float squash;
    float slope;
    bool front; ///< the half before the planet
    Point lit;
    std::uint32_t seed;
};

FILM_LOOP void ringRow(Span s, RingPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float inverse = 1.0F / p.radius;
    const float below = p.front ? 1.0F : -1.0F;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float nx = (s.x + s.dx * static_cast<float>(i) - p.at.x) * inverse;
        const float ny = (s.y - p.at.y) * inverse + p.slope * nx;
        const float flat = ny / p.squash;
        const float distance = std::sqrt(nx * nx + flat * flat);
        const float soft = s.pixel * inverse * 2.5F;
        const float width = clamp01((distance - 1.32F) / soft) * clamp01((2.1F - distance) / soft);
        const float grooves = 0.35F + 0.65F * noise(distance * 16.0F, p.seed);
        const float shadow = ramp(-0.2F, 0.4F, nx * p.lit.x + 0.6F);
        const float half = ny * below > 0.0F ? 1.0F : 0.0F;
        const float alpha = width * grooves * half * 0.85F;
        const float light = 0.2F + 0.8F * shadow;
        r[i] = mix(r[i], p.colour.r * light, alpha);
        g[i] = mix(g[i], p.colour.g * light, alpha);
        b[i] = mix(b[i], p.colour.b * light, alpha);
    }
}

PlanetPaint planetOf(const Stage& stage, const Moment& moment) {
    const Rgb paint = paintOf(stage.clip.planet);
    PlanetPaint p{};
    p.light = mix(paint, {0.9F, 0.86F, 0.8F}, 0.16F);
    p.dark = paint * 0.42F;
    p.rim = mix(paint, {0.75F, 0.85F, 1.0F}, 0.4F);
    p.radius = stage.lot(80, 0.34F, 0.6F);
    p.at = {stage.lot(81, -0.7F, 0.7F), stage.lot(82, -0.25F, 0.25F)};
    p.lit = {0.72F * stage.light.side, stage.lot(83, -0.45F, 0.2F)};
    p.litZ = std::sqrt(1.0F - p.lit.x * p.lit.x - p.lit.y * p.lit.y);
    p.turn = 0.12F * moment.seconds + 20.0F;
    p.tilt = stage.lot(84, -0.3F, 0.3F);
    p.bands = stage.lot(85, 0.0F, 1.0F) < 0.65F || stage.clip.ring ? 1.0F : 0.0F;
    p.seed = stage.seedOf(80);
    return p;
}

void drawDisc(const PlanetPaint& p, const LayerView& layer, Frame& frame) {
    const float reach = 1.35F * p.radius;
    const int last = std::min(frame.height(), layer.rowAt(p.at.y + reach));
    for (int j = std::max(0, layer.rowAt(p.at.y - reach)); j < last; ++j) {
        planetRow(frame.row(layer, j), p);
    }
}

} // namespace

void drawSpace(const Stage& stage, const Moment& moment, Frame& frame) {
    const LayerView far = moment.view.layer(0.0F);
    const float strength = stage.lot(86, 0.015F, 0.13F);
    const NebulaPaint nebula{Rgb{0.9F, 0.25F, 0.75F} * strength, Rgb{0.15F, 0.45F, 1.0F} * strength, stage.seedOf(86)};
    for (int j = 0; j < frame.height(); ++j) {
        nebulaRow(frame.row(far, j), nebula);
    }
    drawStars(stage, moment, 1.0F, frame);

    const LayerView layer = moment.view.layer(0.45F);
    const PlanetPaint planet = planetOf(stage, moment);
    RingPaint ring{};
    ring.colour = mix(planet.light, {0.8F, 0.75F, 0.65F}, 0.5F);
    ring.at = planet.at;
    ring.radius = planet.radius;
    ring.squash = stage.lot(87, 0.18F, 0.4F);
    ring.slope = planet.tilt;
    ring.lit = planet.lit;
    ring.seed = stage.seedOf(87);
    const auto drawRing = [&](bool front) {
        ring.front = front;
        for (int j = 0; stage.clip.ring && j < frame.height(); ++j) {
            ringRow(frame.row(layer, j), ring);
        }
    };
    drawRing(false);
    drawDisc(planet, layer, frame);
    drawRing(true);
    if (stage.lot(88, 0.0F, 1.0F) < 0.45F) {
        PlanetPaint moon = planet;
        moon.radius = planet.radius * 0.17F;
        moon.at.x = planet.at.x + planet.radius * stage.lot(89, 1.5F, 2.2F) * (planet.at.x > 0.0F ? -1.0F : 1.0F);
        moon.at.y = planet.at.y - planet.radius * 0.8F + 0.03F * moment.seconds;
        moon.light = {0.6F, 0.58F, 0.55F};
        moon.dark = {0.25F, 0.24F, 0.23F};
        moon.bands = 0.0F;
        drawDisc(moon, moment.view.layer(0.6F), frame);
    }
}

} // namespace generation::world
