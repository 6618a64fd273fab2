#include "generation/training/world/Sky.h"

#include <algorithm>

namespace generation::world {

namespace {

struct SkyPaint {
    Rgb air; ///< this row's, without the sun
    Rgb glow;
    Rgb disc;
    Point sun;
    float radius;
    float crescent; ///< how far the dark disc is from the bright one, 0: none
    float seen;
    float marks; ///< how strong the moon's dark plains are
};

FILM_LOOP void skyRow(Span s, SkyPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float dy = s.y - p.sun.y;
    const float darkY = dy + 0.35F * p.crescent;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float dx = s.x + s.dx * static_cast<float>(i) - p.sun.x;
        const float d2 = dx * dx + dy * dy;
        const float wide = dx * dx * 0.35F + dy * dy * 2.2F;
        const float glow = 0.55F / (1.0F + 7.0F * d2) + 0.75F / (1.0F + 70.0F * d2) + 0.45F / (1.0F + 5.0F * wide);
        const float darkX = dx - p.crescent;
        const float bright = clamp01((p.radius - std::sqrt(d2)) / s.pixel + 0.5F);
        const float dark =
            p.crescent > 0.0F ? clamp01((p.radius - std::sqrt(darkX * darkX + darkY * darkY)) / s.pixel + 0.5F) : 0.0F;
        const float face = 1.0F - p.marks * ramp(0.45F, 0.65F, fractal<2>(dx * 16.0F + 9.0F, dy * 16.0F, 77U));
        const float disc = bright * (1.0F - 0.94F * dark) * p.seen;
        r[i] = mix(p.air.r + p.glow.r * glow, p.disc.r * face, disc);
        g[i] = mix(p.air.g + p.glow.g * glow, p.disc.g * face, disc);
        b[i] = mix(p.air.b + p.glow.b * glow, p.disc.b * face, disc);
    }
}

struct StarPaint {
    float cells; ///< per picture unit
    float brightness;
    float absent; ///< share of cells without a star
    float scale;  ///< 1 / (1 - absent)
    float seconds;
    std::uint32_t seed;
};

FILM_LOOP void starRow(Span s, StarPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float v = s.y * p.cells;
    const float cellY = floorOf(v);
    const float size = most(0.020F * p.cells, 0.95F * s.pixel * p.cells);
    const float inverse = 1.0F / (size * size);
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float u = (s.x + s.dx * static_cast<float>(i)) * p.cells;
        const float cellX = floorOf(u);
        const std::uint32_t h = hashed(cellKey(cellX, cellY, p.seed));
        const std::uint32_t h2 = hashed(h + 1U);
        const float dx = u - cellX - (0.2F + 0.6F * unitOf(h));
        const float dy = v - cellY - (0.2F + 0.6F * unitOf(h2));
        const float lot = unitOf(hashed(h2 + 1U));
        const float near = most(0.0F, 1.0F - (dx * dx + dy * dy) * inverse);
        const float twinkle = 0.75F + 0.25F * wave(p.seconds * (0.5F + lot) + 7.0F * lot);
        const float bright = most(0.0F, lot - p.absent) * p.scale;
        const float light =
            near * near * p.brightness * (0.15F + 0.85F * bright * bright) * (bright > 0.0F ? twinkle : 0.0F);
        const float tint = unitOf(h2 << 8U);
        r[i] += light * (0.8F + 0.2F * tint);
        g[i] += light * 0.9F;
        b[i] += light * (1.0F - 0.2F * tint);
    }
}

struct CloudPaint {
    Rgb bright;
    Rgb dark;
    float threshold;
    float soft;
    float drift;
    float lightX; ///< towards the sun, in the noise's units
    float lightY;
    float opacity;
    std::uint32_t seed;
};

FILM_LOOP void cloudRow(Span s, CloudPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float v = s.y * 3.1F;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float u = (s.x + s.dx * static_cast<float>(i) + p.drift) * 1.5F;
        const float body = fractal<5>(u, v, p.seed);
        const float towardsSun = fractal<3>(u + p.lightX, v + p.lightY, p.seed);
        const float thick = ramp(p.threshold, p.threshold + p.soft, body);
        const float shade = clamp01(0.55F + 2.6F * (body - towardsSun) + 0.5F * (0.62F - body));
        const float alpha = thick * p.opacity;
        r[i] = mix(r[i], mix(p.dark.r, p.bright.r, shade), alpha);
        g[i] = mix(g[i], mix(p.dark.g, p.bright.g, shade), alpha);
        b[i] = mix(b[i], mix(p.dark.b, p.bright.b, shade), alpha);
    }
}

struct AuroraPaint {
    float base;
    float seconds;
    std::uint32_t seed;
};

FILM_LOOP void auroraRow(Span s, AuroraPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float bend = fractal<3>(x * 0.9F + 0.10F * p.seconds, p.seed) - 0.5F;
        const float fold = noise(x * 2.2F + 3.0F * bend - 0.15F * p.seconds, p.seed + 7U);
        const float rays = 0.45F + 0.55F * fractal<2>(x * 13.0F + 12.0F * bend + 0.5F * p.seconds, p.seed + 9U);
        const float up = p.base + 0.75F * bend - s.y;
        const float light = ramp(-0.03F, 0.05F, up) * decay(most(up, 0.0F) * 3.2F) * rays * (0.25F + 0.75F * fold);
        const float high = clamp01(up * 1.6F);
        r[i] += light * (0.04F + 0.30F * high);
        g[i] += light * mix(0.62F, 0.12F, high);
        b[i] += light * (0.16F + 0.34F * high);
    }
}

void drawClouds(const Stage& stage, const Moment& moment, Frame& frame) {
    const Light& light = stage.light;
    const bool heavy = stage.clip.weather == Weather::Rain || stage.clip.weather == Weather::Snow;
    const Rgb white = light.on({0.85F, 0.85F, 0.87F}, heavy ? 0.55F : 1.0F);
    CloudPaint paint{};
    paint.bright = mix(white, light.horizon, heavy ? 0.35F : 0.2F);
    paint.dark = mix(light.on({0.4F, 0.42F, 0.46F}, 0.12F), mix(light.zenith, light.horizon, 0.45F), 0.5F);
    paint.threshold = heavy ? 0.36F : stage.lot(20, 0.47F, 0.53F);
    paint.soft = heavy ? 0.22F : stage.lot(21, 0.07F, 0.14F);
    paint.drift = stage.lot(22, -0.09F, 0.09F) * moment.seconds + 11.0F;
    paint.seed = stage.seedOf(20);
    const LayerView layer = moment.view.layer(0.05F);
    const int last = std::min(frame.height(), layer.rowAt(stage.horizon));
    for (int j = 0; j < last; ++j) {
        const Span row = frame.row(layer, j);
        const float height = stage.horizon - row.y;
        paint.opacity = (heavy ? 0.9F : 0.92F) * ramp(0.02F, 0.4F, height);
        paint.lightX = 0.16F * stage.light.side;
        paint.lightY = row.y > stage.light.sunAt.y ? -0.2F : 0.12F;
        cloudRow(row, paint);
    }
}

void drawAurora(const Stage& stage, const Moment& moment, Frame& frame) {
    const LayerView layer = moment.view.layer(0.1F);
    const int last = std::min(frame.height(), layer.rowAt(stage.horizon));
    for (int k = 0; k < 2; ++k) {
        const AuroraPaint paint{stage.horizon - stage.lot(30U + static_cast<std::uint32_t>(k), 0.25F, 0.6F),
                                moment.seconds, stage.seedOf(30U + static_cast<std::uint32_t>(k))};
        for (int j = 0; j < last; ++j) {
            auroraRow(frame.row(layer, j), paint);
        }
    }
}

} // namespace

void drawStars(const Stage& stage, const Moment& moment, float brightness, Frame& frame) {
    const LayerView layer = moment.view.layer(0.0F);
    const int last = std::clamp(layer.rowAt(stage.horizon), 0, frame.height());
    for (int j = 0; j < last; ++j) {
        const Span row = frame.row(layer, j);
        const float fade = ramp(0.0F, 0.35F, stage.horizon - row.y);
        starRow(row, {6.0F, 1.6F * brightness * fade, 0.55F, 2.22F, moment.seconds, stage.seedOf(40)});
        starRow(row, {14.0F, 0.55F * brightness * fade, 0.6F, 2.5F, moment.seconds, stage.seedOf(41)});
    }
}

void drawSky(const Stage& stage, const Moment& moment, Frame& frame) {
    const Light& light = stage.light;
    const LayerView layer = moment.view.layer(0.0F);
    SkyPaint paint{};
    paint.glow = light.sun * (light.glow * 0.6F);
    paint.disc = light.sun;
    paint.sun = light.sunAt;
    paint.radius = light.sunRadius;
    paint.crescent = light.night && stage.lot(50, 0.0F, 1.0F) < 0.4F ? 0.55F * light.sunRadius : 0.0F;
    paint.seen = light.discSeen;
    paint.marks = light.night ? 0.35F : 0.0F;
    for (int j = 0; j < frame.height(); ++j) {
        const Span row = frame.row(layer, j);
        paint.air = skyAt(light, stage.horizon - row.y);
        skyRow(row, paint);
    }
    if (light.night && stage.clip.weather != Weather::Rain) {
        drawStars(stage, moment, stage.clip.weather == Weather::Clear ? 1.0F : 0.3F, frame);
    }
    if (stage.clip.aurora) {
        drawAurora(stage, moment, frame);
    }
    const bool heavy = stage.clip.weather == Weather::Rain || stage.clip.weather == Weather::Snow;
    if ((stage.clip.clouds || heavy) && stage.clip.scene != Scene::Space) {
        drawClouds(stage, moment, frame);
    }
}

} // namespace generation::world
