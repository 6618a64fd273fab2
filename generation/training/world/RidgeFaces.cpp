#include "generation/training/world/Ridge.h"

#include <algorithm>

namespace generation::world {

namespace {

/// What the rows of one face share.
struct Face {
    const float* top;
    Rgb low;
    Rgb high;
    Rgb key;
    Rgb ambient;
    Rgb air;
    float haze;
    float base;
    float height;
    float frequency;
    float side;
    float seconds;
    float snowLine;
    float treeLine;
    float flowers;
    float wind;
    std::uint32_t seed;
};

Face faceOf(const Stage& stage, const Moment& moment, const Ridge& ridge, const Skyline& skyline) {
    Face face{};
    face.top = skyline.top.data();
    face.key = stage.light.key;
    face.ambient = stage.light.ambient;
    face.air = stage.light.horizon;
    face.haze = ridge.haze;
    face.base = ridge.base;
    face.height = ridge.height;
    face.frequency = ridge.frequency;
    face.side = stage.light.side;
    face.seconds = moment.seconds;
    face.seed = ridge.seed + 50U;
    return face;
}

/// The lit, hazed surface laid over the pixel.
struct Lit {
    float r;
    float g;
    float b;
};
FILM_INLINE Lit lit(const Face& f, Rgb albedo, float facing, float haze) {
    return {mix(albedo.r * (f.ambient.r + f.key.r * facing), f.air.r, haze),
            mix(albedo.g * (f.ambient.g + f.key.g * facing), f.air.g, haze),
            mix(albedo.b * (f.ambient.b + f.key.b * facing), f.air.b, haze)};
}
FILM_INLINE float coverage(float below, float pixel) {
    return clamp01(below / pixel + 0.5F);
}

constexpr Rgb kSnow = shown(0.95F, 0.97F, 1.0F);

FILM_LOOP void mountainRow(Span s, Face f) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float fx = 2.6F * f.frequency;
    const float v = s.y * 2.3F * f.frequency;
    const float level = (f.base - s.y) / f.height;
    const float haze = clamp01(f.haze + 0.25F * f.haze * (1.0F - level));
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float u = (s.x + s.dx * static_cast<float>(i)) * fx;
        const float here = ridged<4>(u, v, f.seed);
        const float lightwards = ridged<4>(u + 0.09F * f.side, v - 0.05F, f.seed);
        const float facing = clamp01(0.5F + 2.2F * (here - lightwards));
        const float rough = here - 0.5F;
        const float snow = ramp(f.snowLine - 0.10F, f.snowLine + 0.10F, level + 0.55F * rough);
        const float green = ramp(f.treeLine + 0.12F, f.treeLine - 0.12F, level - 0.4F * rough);
        Rgb albedo = mix(f.high * (0.75F + 0.5F * here), f.low, green);
        albedo = mix(albedo, kSnow, snow);
        const Lit c = lit(f, albedo, facing, haze);
        const float cover = coverage(s.y - f.top[i], s.pixel);
        r[i] = mix(r[i], c.r, cover);
        g[i] = mix(g[i], c.g, cover);
        b[i] = mix(b[i], c.b, cover);
    }
}

/// A flower of a grid cell: 1 in its middle. `lot` is the cell's number for its colour.
struct Flower {
    float seen;
    float lot;
};
FILM_INLINE Flower flowerAt(float u, float v, float share, std::uint32_t seed) {
    const float cellX = floorOf(u);
    const float cellY = floorOf(v);
    const std::uint32_t h = hashed(cellKey(cellX, cellY, seed));
    const std::uint32_t h2 = hashed(h + 3U);
    const float dx = u - cellX - (0.3F + 0.4F * unitOf(h));
    const float dy = v - cellY - (0.3F + 0.4F * unitOf(h2));
    const float lot = unitOf(hashed(h2 + 5U));
    const float seen = lot < share ? ramp(0.10F, 0.03F, dx * dx + dy * dy) : 0.0F;
    return {seen, unitOf(h << 8U)};
}
FILM_INLINE Rgb petals(float lot) {
    constexpr Rgb red = shown(0.92F, 0.16F, 0.14F);
    constexpr Rgb yellow = shown(0.99F, 0.86F, 0.15F);
    constexpr Rgb white = shown(0.97F, 0.96F, 0.93F);
    constexpr Rgb violet = shown(0.62F, 0.32F, 0.85F);
    // By parts: a choice between whole structs is a choice between addresses, which no vector instruction makes.
    return {lot < 0.3F    ? red.r
            : lot < 0.55F ? yellow.r
            : lot < 0.8F  ? white.r
                          : violet.r,
            lot < 0.3F    ? red.g
            : lot < 0.55F ? yellow.g
            : lot < 0.8F  ? white.g
                          : violet.g,
            lot < 0.3F    ? red.b
            : lot < 0.55F ? yellow.b
            : lot < 0.8F  ? white.b
                          : violet.b};
}

FILM_LOOP void hillRow(Span s, Face f) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float inside = most(0.0F, s.y - f.base + f.height);
    const float blades = 7.0F + 6.0F / (0.25F + inside);
    const float near = ramp(0.22F, 0.34F, inside); // where the flowers become the large ones
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float below = s.y - f.top[i];
        const float patch = fractal<3>(x * 1.7F * f.frequency, s.y * 4.0F, f.seed);
        const float blade = noise(x * 34.0F, s.y * blades, f.seed + 11U);
        const float gust = wave(x * 0.45F - 0.55F * f.seconds + 1.1F * patch + 0.8F * s.y);
        const float tone = clamp01(0.15F + 0.6F * patch + 0.35F * blade + f.wind * gust);
        const float slope = i > 0 ? (f.top[i] - f.top[i - 1]) / s.dx : 0.0F;
        const float facing = clamp01(0.62F + 0.30F * f.side * slope - 0.22F * ramp(0.0F, 0.5F, below));
        Rgb albedo = mix(f.low, f.high, tone);
        const float bow = 0.02F * gust * f.wind;
        const Flower small = flowerAt((x + bow) * 21.0F, s.y * 27.0F, f.flowers * (1.0F - near), f.seed + 21U);
        const Flower large = flowerAt((x + bow) * 11.0F, s.y * 14.0F, f.flowers * near, f.seed + 22U);
        albedo = mix(albedo, petals(small.lot), small.seen);
        albedo = mix(albedo, petals(large.lot), large.seen);

        const float snow = ramp(f.snowLine - 0.25F, f.snowLine + 0.25F, patch);
        albedo = mix(albedo, kSnow, snow);
        const Lit c = lit(f, albedo, facing, f.haze);
        const float cover = coverage(below, s.pixel);
        r[i] = mix(r[i], c.r, cover);
        g[i] = mix(g[i], c.g, cover);
        b[i] = mix(b[i], c.b, cover);
    }
}

FILM_LOOP void duneRow(Span s, Face f) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float below = s.y - f.top[i];
        const float bend = noise(x * 1.3F * f.frequency, s.y * 2.0F, f.seed);
        const float slope = i > 0 ? (f.top[i] - f.top[i - 1]) / s.dx : 0.0F;
        const float crest = x * f.frequency * 0.8F + 0.35F * below + 0.5F * bend;
        const float ahead = 1.0F - magnitude(2.0F * noise(crest + 0.05F * f.side, f.seed + 2U) - 1.0F);
        const float here = 1.0F - magnitude(2.0F * noise(crest, f.seed + 2U) - 1.0F);
        const float turned = 0.9F * f.side * slope + 3.5F * (here - ahead) * f.side * f.side;
        const float facing = clamp01(0.5F + 0.55F * turned + 0.18F * ramp(0.25F, 0.0F, below));
        const float ripple = wave(s.y * 9.0F + x * 2.2F + 3.2F * bend) * 0.07F * ramp(0.0F, 0.3F, below);
        const Rgb albedo = mix(f.low, f.high, clamp01(0.5F + 0.6F * (bend - 0.5F) + ripple * 3.0F));
        const Lit c = lit(f, albedo, clamp01(facing + ripple), f.haze);
        const float cover = coverage(below, s.pixel);
        r[i] = mix(r[i], c.r, cover);
        g[i] = mix(g[i], c.g, cover);
        b[i] = mix(b[i], c.b, cover);
    }
}

FILM_LOOP void blockRow(Span s, Face f) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = (s.x + s.dx * static_cast<float>(i)) * f.frequency;
        const float below = s.y - f.top[i];
        // Flat facets: a skewed grid, a little bent.
        const float bend = 0.22F * noise(x * 3.0F, s.y * 4.0F, f.seed);
        const float facet =
            cellUnit(floorOf(3.4F * x + 2.2F * s.y + bend), floorOf(4.6F * s.y - 1.9F * x + bend), f.seed + 4U);
        const float grain = fractal<2>(x * 10.0F, s.y * 14.0F, f.seed + 9U);
        const float rim = ramp(0.05F, 0.0F, below);
        const float facing = clamp01(0.30F + 0.45F * facet + 0.30F * (grain - 0.5F) + 0.4F * rim);
        const Rgb albedo = mix(f.low, f.high, clamp01(0.3F + 0.7F * facet + rim));
        const Lit c = lit(f, albedo, facing, f.haze);
        const float cover = coverage(below, s.pixel) * (f.base + 0.01F - s.y > 0.0F ? 1.0F : 0.0F);
        r[i] = mix(r[i], c.r, cover);
        g[i] = mix(g[i], c.g, cover);
        b[i] = mix(b[i], c.b, cover);
    }
}

/// A ridge to draw at a moment.
struct Layer {
    const Stage& stage;
    const Moment& moment;
    const Ridge& ridge;
};

template <class Prepare, class Draw>
void drawFace(const Layer& what, Frame& frame, Prepare prepare, Draw draw) {
    const LayerView layer = what.moment.view.layer(what.ridge.depth);
    const Skyline skyline = skylineOf(what.ridge, layer, frame.width());
    Face face = faceOf(what.stage, what.moment, what.ridge, skyline);
    prepare(face);
    const int last = std::min(layer.rowAt(what.ridge.until) + 1, frame.height());
    for (int j = std::max(layer.rowAt(skyline.highest) - 1, 0); j < last; ++j) {
        draw(frame.row(layer, j), face);
    }
}

} // namespace

void drawMountains(const Stage& stage, const Moment& moment, const Ridge& ridge, const MountainLook& look,
                   Frame& frame) {
    drawFace(
        {stage, moment, ridge}, frame,
        [&](Face& face) {
            face.low = look.foot;
            face.high = look.rock;
            face.snowLine = look.snowLine;
            face.treeLine = look.treeLine;
        },
        mountainRow);
}

void drawHills(const Stage& stage, const Moment& moment, const Ridge& ridge, const HillLook& look, Frame& frame) {
    drawFace(
        {stage, moment, ridge}, frame,
        [&](Face& face) {
            face.low = look.low;
            face.high = look.high;
            face.flowers = look.flowers;
            face.wind = look.wind;
            face.snowLine = stage.snowy() ? 0.38F : 9.0F;
        },
        hillRow);
}

void drawDunes(const Stage& stage, const Moment& moment, const Ridge& ridge, Rgb sand, Frame& frame) {
    drawFace(
        {stage, moment, ridge}, frame,
        [&](Face& face) {
            face.low = sand * 0.72F;
            face.high = sand;
        },
        duneRow);
}

void drawBlocks(const Stage& stage, const Moment& moment, const Ridge& ridge, const HillLook& look, Frame& frame) {
    drawFace(
        {stage, moment, ridge}, frame,
        [&](Face& face) {
            face.low = look.low;
            face.high = look.high;
        },
        blockRow);
}

} // namespace generation::world
