#include "generation/training/world/Land.h"

#include "generation/training/world/Pen.h"
#include "generation/training/world/Sky.h"

#include <algorithm>

namespace generation::world {

namespace {

/// What all rows of a plane of ground share, and the row's own place.
struct GroundPaint {
    Rgb low;
    Rgb high;
    Rgb key;
    Rgb ambient;
    Rgb air;
    Rgb water; ///< what the water mirrors in this row
    Rgb deep;
    float haze;
    float down;
    float across;
    float z;
    float centre;
    float half;
    float seconds;
    float snow;
    std::uint32_t seed;
};

FILM_LOOP void riverRow(Span s, GroundPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float u = x * p.across;
        const float patch = fractal<3>(u * 0.8F, p.z * 1.3F, p.seed);
        const float blade = noise(u * 14.0F, p.z * 9.0F, p.seed + 4U);
        const float bank =
            magnitude(x - p.centre) - p.half * (1.0F + 0.25F * (noise(u * 1.2F, p.z, p.seed + 5U) - 0.5F));
        const float ripple = fractal<2>(u * 2.6F, p.z * 1.7F - 1.2F * p.seconds, p.seed + 6U);
        const float dark = ramp(0.07F * p.down + 0.01F, 0.0F, bank);
        Rgb albedo = mix(p.low, p.high, clamp01(0.1F + 0.65F * patch + 0.3F * blade));
        albedo = mix(albedo, Rgb{0.86F, 0.9F, 0.96F}, p.snow * ramp(0.3F, 0.7F, patch));
        const float facing = 0.66F - 0.35F * dark + 0.2F * (patch - 0.5F);
        const float glint = ramp(0.56F, 0.75F, ripple);
        const float reflects = clamp01(0.55F + 0.9F * (ripple - 0.5F));
        const float wet = clamp01(-bank / s.pixel + 0.5F);
        const float cr = mix(albedo.r * (p.ambient.r + p.key.r * facing), p.air.r, p.haze);
        const float cg = mix(albedo.g * (p.ambient.g + p.key.g * facing), p.air.g, p.haze);
        const float cb = mix(albedo.b * (p.ambient.b + p.key.b * facing), p.air.b, p.haze);
        r[i] = mix(cr, mix(p.deep.r, p.water.r, reflects) * (1.0F + 0.25F * glint), wet);
        g[i] = mix(cg, mix(p.deep.g, p.water.g, reflects) * (1.0F + 0.25F * glint), wet);
        b[i] = mix(cb, mix(p.deep.b, p.water.b, reflects) * (1.0F + 0.25F * glint), wet);
    }
}

struct RoadPaint {
    Rgb key;
    Rgb ambient;
    float share; ///< 0 at the far edge, 1 at the near one
    float soft;  ///< a pixel, in shares
    float snow;
    std::uint32_t seed;
};

FILM_LOOP void roadRow(Span s, RoadPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float cover = clamp01(p.share / p.soft + 0.5F) * clamp01((1.0F - p.share) / p.soft + 0.5F);
    const float edge = clamp01((0.035F - magnitude(p.share - 0.10F)) / p.soft + 0.5F) +
                       clamp01((0.035F - magnitude(p.share - 0.90F)) / p.soft + 0.5F);
    const float middle = clamp01((0.040F - magnitude(p.share - 0.48F)) / p.soft + 0.5F);
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float grain = fractal<2>(x * 24.0F, s.y * 40.0F, p.seed);
        const float dash = clamp01((0.11F - magnitude(fraction(x * 2.2F) * 0.4545F - 0.2F)) / s.pixel + 0.5F);
        const float paint = clamp01(edge + middle * dash) * (0.75F + 0.3F * grain);
        const float worn = p.snow * ramp(0.35F, 0.75F, grain + 0.25F * noise(x * 2.0F, s.y * 6.0F, p.seed + 2U));
        const float tone = mix(mix(0.10F + 0.05F * grain, 0.80F, paint), 0.85F, worn);
        r[i] = mix(r[i], tone * (p.ambient.r + p.key.r * 0.6F), cover);
        g[i] = mix(g[i], tone * (p.ambient.g + p.key.g * 0.6F), cover);
        b[i] = mix(b[i], tone * (p.ambient.b + p.key.b * 0.6F), cover);
    }
}

struct BeachPaint {
    Rgb sand;
    Rgb key;
    Rgb ambient;
    Rgb sky;
    float shore;
    float swing; ///< where the surf is now
    float seconds;
    std::uint32_t seed;
};

FILM_LOOP void beachRow(Span s, BeachPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float line = p.shore + 0.13F * (fractal<3>(x * 0.8F, p.seed) - 0.5F);
        const float wash = line + p.swing + 0.07F * (fractal<2>(x * 1.4F + 0.13F * p.seconds, p.seed + 3U) - 0.5F);
        const float inland = s.y - wash;
        const float wet = ramp(0.22F, 0.02F, s.y - line);
        const float grain = fractal<3>(x * 13.0F, s.y * 22.0F, p.seed + 5U);
        const float lace = noise(x * 16.0F, s.y * 24.0F + 0.6F * p.seconds, p.seed + 7U);
        const float foam = ramp(-0.07F, -0.012F, inland + 0.03F * (lace - 0.5F)) * (0.6F + 0.6F * lace);
        const float cover = clamp01(inland / s.pixel + 0.5F);
        const float tone = (0.75F + 0.4F * grain) * (1.0F - 0.45F * wet);
        const float shine = 0.35F * wet;
        const float white = clamp01(foam) * (1.0F - cover);
        const float cr = mix(r[i], 0.86F * (p.ambient.r + p.key.r * 0.7F), white);
        const float cg = mix(g[i], 0.88F * (p.ambient.g + p.key.g * 0.7F), white);
        const float cb = mix(b[i], 0.90F * (p.ambient.b + p.key.b * 0.7F), white);
        r[i] = mix(cr, mix(p.sand.r * tone * (p.ambient.r + p.key.r * 0.65F), p.sky.r, shine), cover);
        g[i] = mix(cg, mix(p.sand.g * tone * (p.ambient.g + p.key.g * 0.65F), p.sky.g, shine), cover);
        b[i] = mix(cb, mix(p.sand.b * tone * (p.ambient.b + p.key.b * 0.65F), p.sky.b, shine), cover);
    }
}

struct HeadlandPaint {
    Rgb key;
    Rgb ambient;
    Rgb air;
    float start; ///< x where it rises, seen from the sea
    float side;  ///< 1: to the right
    float base;
    float height;
    float lightSide;
    float snow;
    std::uint32_t seed;
};

FILM_LOOP void headlandRow(Span s, HeadlandPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float out = x * p.side - p.start;
        const float rough = fractal<3>(x * 3.0F, s.y * 2.0F, p.seed);
        const float profile =
            ramp(-0.05F, 0.22F, out + 0.12F * (rough - 0.5F)) * (0.82F + 0.35F * fractal<2>(x * 1.1F, p.seed + 2U));
        const float top = p.base - p.height * profile;
        const float below = s.y - top;
        const float strata = noise(x * 1.5F + 2.0F * rough, s.y * 26.0F, p.seed + 4U);
        const float crack = ridged<3>(x * 7.0F, s.y * 2.5F, p.seed + 6U);
        const float facing =
            clamp01(0.35F + 0.55F * crack * (0.6F + 0.4F * p.lightSide * p.side * -1.0F) + 0.15F * strata);
        const float grass = ramp(0.09F, 0.03F, below + 0.05F * (rough - 0.5F));
        const float tone = 0.7F + 0.35F * strata;
        Rgb albedo = mix(Rgb{0.26F, 0.21F, 0.165F} * tone, Rgb{0.10F, 0.22F, 0.06F}, grass);
        albedo = mix(albedo, Rgb{0.86F, 0.9F, 0.96F}, p.snow * grass);
        const float cover =
            clamp01(below / s.pixel + 0.5F) * (profile > 0.02F ? 1.0F : 0.0F) * (s.y < p.base ? 1.0F : 0.0F);
        r[i] = mix(r[i], mix(albedo.r * (p.ambient.r + p.key.r * facing), p.air.r, 0.12F), cover);
        g[i] = mix(g[i], mix(albedo.g * (p.ambient.g + p.key.g * facing), p.air.g, 0.12F), cover);
        b[i] = mix(b[i], mix(albedo.b * (p.ambient.b + p.key.b * facing), p.air.b, 0.12F), cover);
    }
}

constexpr float kHeadlandDepth = 0.4F;
constexpr float kRoadDepth = 0.8F;

void drawLighthouse(const Stage& stage, const Moment& moment, Point foot, Frame& frame) {
    Pen pen(frame, moment.view.layer(kHeadlandDepth), stage.light, {foot, 0.42F});
    const Ink white{shown(0.95F, 0.94F, 0.92F), 0.6F, {1.6F * stage.light.side, 0.0F}};
    const Ink red{shown(0.82F, 0.14F, 0.12F), 0.6F, {1.6F * stage.light.side, 0.0F}};
    pen.polygon({{-0.10F, -0.95F}, {0.10F, -0.95F}, {0.17F, 0.1F}, {-0.17F, 0.1F}}, white);
    pen.polygon({{-0.155F, -0.18F}, {0.155F, -0.18F}, {0.165F, 0.02F}, {-0.165F, 0.02F}}, red);
    pen.polygon({{-0.13F, -0.58F}, {0.13F, -0.58F}, {0.142F, -0.38F}, {-0.142F, -0.38F}}, red);
    pen.polygon({{-0.15F, -1.0F}, {0.15F, -1.0F}, {0.15F, -0.93F}, {-0.15F, -0.93F}}, {shown(0.2F, 0.2F, 0.22F)});
    const bool lit = stage.light.lamps > 0.2F;
    const Rgb lamp = lit ? Rgb{1.6F, 1.3F, 0.7F} : shown(0.5F, 0.6F, 0.65F);
    pen.polygon({{-0.08F, -1.16F}, {0.08F, -1.16F}, {0.08F, -1.0F}, {-0.08F, -1.0F}}, {.colour = lamp, .shines = lit});
    pen.polygon({{0.0F, -1.30F}, {0.12F, -1.15F}, {-0.12F, -1.15F}}, red);
    if (lit) {
        const float beam = wave(0.22F * moment.seconds + stage.lot(104, 0.0F, 1.0F));
        const float reach = 3.5F * beam;
        const Ink light{.colour = {1.0F, 0.9F, 0.6F}, .alpha = 0.16F * magnitude(beam), .soft = 0.12F, .shines = true};
        if (beam > 0.05F) {
            pen.polygon({{0.0F, -1.11F}, {reach, -1.45F}, {reach, -0.85F}, {0.0F, -1.05F}}, light);
        } else if (beam < -0.05F) {
            pen.polygon({{0.0F, -1.05F}, {reach, -0.85F}, {reach, -1.45F}, {0.0F, -1.11F}}, light);
        }
        pen.ellipse({0.0F, -1.08F}, {0.12F, 0.12F},
                    {.colour = {1.5F, 1.2F, 0.7F}, .alpha = 0.5F, .soft = 0.3F, .shines = true});
    }
}

/// Behind the road, lit when it is dark.
void drawLampPosts(const Stage& stage, const Moment& moment, Frame& frame) {
    const LayerView layer = moment.view.layer(kRoadDepth);
    const RoadPlace road = roadOf(stage);
    const float spacing = 0.9F;
    const int firstPost = static_cast<int>(floorOf(layer.columnX(0) / spacing)) - 1;
    for (int k = firstPost; static_cast<float>(k) * spacing < layer.columnX(frame.width()) + 0.3F; ++k) {
        Pen pen(frame, layer, stage.light, {{static_cast<float>(k) * spacing, road.top}, 0.6F});
        const Ink metal{shown(0.32F, 0.33F, 0.36F), 0.5F};
        pen.line({0.0F, 0.0F}, {0.0F, -0.9F}, 0.035F, metal);
        pen.line({0.0F, -0.9F}, {0.22F, -0.95F}, 0.03F, metal);
        if (stage.light.lamps > 0.2F) {
            pen.ellipse({0.22F, -0.92F}, {0.05F, 0.04F},
                        {.colour = {1.5F, 1.15F, 0.6F}, .alpha = 0.7F, .soft = 0.2F, .shines = true});
        }
    }
}

} // namespace

void drawRiver(const Stage& stage, const Moment& moment, Frame& frame) {
    const Light& light = stage.light;
    const LayerView sky = moment.view.layer(0.0F);
    GroundPaint p{};
    p.low = shown(0.16F, 0.34F, 0.12F);
    p.high = shown(0.50F, 0.66F, 0.26F);
    p.key = light.key;
    p.ambient = light.ambient;
    p.air = light.horizon;
    p.deep = Rgb{0.03F, 0.10F, 0.13F} * luma(light.ambient + light.key * 0.6F);
    p.seconds = moment.seconds;
    p.snow = stage.snowy() ? 0.9F : 0.0F;
    p.seed = stage.seedOf(100);
    const float phase = stage.lot(100, 0.0F, 1.0F);
    const float place = stage.lot(101, -0.35F, 0.35F);
    for (int j = std::max(0, sky.rowAt(stage.horizon)); j < frame.height(); ++j) {
        const float down = sky.rowY(j) - stage.horizon;
        const float distance = 0.25F / (down + 0.06F);
        p.down = down;
        p.z = 7.0F * distance;
        p.across = 0.8F + 1.3F * distance;
        p.centre = place + (0.22F + 0.45F * down) * wave(0.42F * distance + phase);
        p.half = 0.045F + 0.42F * down;
        p.haze = 0.5F * decay(7.0F * down);
        p.water = skyAt(light, 0.15F + 0.8F * down);
        riverRow(frame.row(moment.view.layer(clamp01(0.35F + 0.65F * down)), j), p);
    }
}

RoadPlace roadOf(const Stage& stage) {
    const float top = stage.lot(110, 0.48F, 0.58F);
    return {top, top + 0.24F};
}

void drawRoad(const Stage& stage, const Moment& moment, Frame& frame) {
    const LayerView layer = moment.view.layer(kRoadDepth);
    const RoadPlace road = roadOf(stage);
    RoadPaint p{};
    p.key = stage.light.key;
    p.ambient = stage.light.ambient;
    p.soft = layer.step / (road.bottom - road.top);
    p.snow = stage.snowy() ? 0.6F : 0.0F;
    p.seed = stage.seedOf(110);
    const int last = std::min(frame.height(), layer.rowAt(road.bottom) + 1);
    for (int j = std::max(0, layer.rowAt(road.top) - 1); j < last; ++j) {
        const Span row = frame.row(layer, j);
        p.share = (row.y - road.top) / (road.bottom - road.top);
        roadRow(row, p);
    }
    if (stage.clip.scene != Scene::City) {
        drawLampPosts(stage, moment, frame);
    }
}

void drawHeadland(const Stage& stage, const Moment& moment, Frame& frame) {
    const LayerView layer = moment.view.layer(kHeadlandDepth);
    HeadlandPaint p{};
    p.key = stage.light.key;
    p.ambient = stage.light.ambient;
    p.air = stage.light.horizon;
    p.side = -stage.light.side; // the sun stands over the open sea
    p.start = stage.lot(102, 0.65F, 0.95F);
    p.base = stage.horizon + 0.10F;
    p.height = stage.lot(103, 0.4F, 0.55F);
    p.lightSide = stage.light.side;
    p.snow = stage.snowy() ? 0.9F : 0.0F;
    p.seed = stage.seedOf(102);
    const float x = p.side * (p.start + 0.36F);
    // The tower's foot is sunk into the top of the rock.
    drawLighthouse(stage, moment, {x, p.base - p.height * 0.9F}, frame);
    for (int j = std::max(0, layer.rowAt(p.base - 1.3F * p.height)); j < std::min(frame.height(), layer.rowAt(p.base));
         ++j) {
        headlandRow(frame.row(layer, j), p);
    }
}

void drawBeach(const Stage& stage, const Moment& moment, Frame& frame) {
    const LayerView layer = moment.view.layer(0.9F);
    BeachPaint p{};
    p.sand = shown(0.86F, 0.76F, 0.56F);
    if (stage.snowy()) {
        p.sand = shown(0.9F, 0.92F, 0.95F);
    }
    p.key = stage.light.key;
    p.ambient = stage.light.ambient;
    p.sky = skyAt(stage.light, 0.5F);
    p.shore = stage.horizon + stage.lot(105, 0.5F, 0.62F);
    p.swing = 0.045F * wave(0.24F * moment.seconds + stage.lot(106, 0.0F, 1.0F));
    p.seconds = moment.seconds;
    p.seed = stage.seedOf(105);
    for (int j = std::max(0, layer.rowAt(p.shore - 0.25F)); j < frame.height(); ++j) {
        beachRow(frame.row(layer, j), p);
    }
}

} // namespace generation::world
