#include "generation/training/world/Water.h"

#include "generation/training/world/Sky.h"

#include <algorithm>

namespace generation::world {

namespace {

struct SeaRow {
    Rgb deep;
    Rgb low;  ///< the sky that flat water reflects here
    Rgb high; ///< the sky that a turned wave reflects
    Rgb sun;
    Rgb foamColour;
    float distance; ///< 1 at the nearest row
    float across;   ///< waves per unit of x
    float z;
    float seconds;
    float swell;
    float foam;
    float reflects;
    float sunX;
    float sunWidth;
    float fine; ///< how much of the fine waves can be seen at this distance
    std::uint32_t seed;
};

FILM_LOOP void seaRow(Span s, SeaRow p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float v = p.z + 0.9F * p.seconds;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float u = x * p.across;
        const float broad = fractal<2>(u * 0.35F + 0.3F * p.seconds, v * 0.55F, p.seed);
        const float here = fractal<3>(u, v + 1.2F * broad, p.seed + 3U);
        const float there = fractal<3>(u + 0.12F, v + 1.2F * broad + 0.55F, p.seed + 3U);
        const float slope = (here - there) * p.fine * 2.2F + (broad - 0.5F) * 0.9F;
        const float turned = clamp01(0.35F + p.swell * slope);
        const float reflects = clamp01(p.reflects + 0.35F * p.swell * slope);
        const float shine = ramp(0.52F, 0.72F, here + 0.10F * p.fine * slope);
        const float dx = (x - p.sunX) / p.sunWidth;
        const float glitter = shine / (1.0F + dx * dx * dx * dx);
        const float crest = here * 0.55F + broad * 0.45F;
        const float foam =
            p.foam * ramp(0.62F, 0.70F, crest) * ramp(0.42F, 0.60F, noise(u * 5.0F, v * 5.0F, p.seed + 8U));
        r[i] = mix(mix(p.deep.r, mix(p.low.r, p.high.r, turned), reflects) + p.sun.r * glitter, p.foamColour.r, foam);
        g[i] = mix(mix(p.deep.g, mix(p.low.g, p.high.g, turned), reflects) + p.sun.g * glitter, p.foamColour.g, foam);
        b[i] = mix(mix(p.deep.b, mix(p.low.b, p.high.b, turned), reflects) + p.sun.b * glitter, p.foamColour.b, foam);
    }
}

struct MirrorRow {
    const float* from[3]; ///< planes of the frame
    Rgb deep;
    Rgb sun;
    float sunX;
    float sunWidth;
    float row;  ///< the mirrored row
    float sway; ///< how far ripples shift the image, pixels
    float fine; ///< how strongly ripples shade
    float across;
    float z;
    float seconds;
    float reflects;
    int width;
    int lastRow; ///< the horizon's
    std::uint32_t seed;
};

FILM_LOOP void mirrorRow(Span s, MirrorRow p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float* fromR = p.from[0];
    const float* fromG = p.from[1];
    const float* fromB = p.from[2];
    const float lastColumn = static_cast<float>(p.width - 1);
    const float lastRow = static_cast<float>(p.lastRow);
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float ripple = fractal<2>(x * p.across, p.z + 0.7F * p.seconds, p.seed) - 0.5F;
        const float small = fractal<2>(x * p.across * 2.7F, p.z * 2.3F - 0.9F * p.seconds, p.seed + 3U) - 0.5F;
        const float bent = ripple + 0.6F * small;
        const float column = most(0.0F, least(lastColumn, static_cast<float>(i) + 0.8F * p.sway * bent + 0.5F));
        const float line = most(0.0F, least(lastRow, p.row + 1.6F * p.sway * bent + 0.5F));
        const int at = static_cast<int>(line) * p.width + static_cast<int>(column);
        const float dx = (x - p.sunX) / p.sunWidth;
        const float glitter = ramp(0.12F, 0.26F, bent) / (1.0F + dx * dx * dx * dx);
        const float reflects = clamp01(p.reflects + p.fine * bent);
        r[i] = mix(p.deep.r, fromR[at] * 0.92F, reflects) + p.sun.r * glitter;
        g[i] = mix(p.deep.g, fromG[at] * 0.95F, reflects) + p.sun.g * glitter;
        b[i] = mix(p.deep.b, fromB[at], reflects) + p.sun.b * glitter;
    }
}

} // namespace

void drawSea(const Stage& stage, const Moment& moment, const Sea& sea, Frame& frame) {
    const Light& light = stage.light;
    const View& view = moment.view;
    const LayerView sky = view.layer(0.0F);
    // Where the sun stands in the picture, in columns; its path of light stays under it whatever the row's depth.
    const float sunColumn = (light.sunAt.x - sky.x) / sky.step;
    SeaRow p{};
    p.deep = sea.deep * luma(light.ambient + light.key * 0.55F);
    p.foamColour = light.on({0.85F, 0.88F, 0.9F}, 0.6F);
    p.seconds = moment.seconds;
    p.swell = sea.swell;
    p.seed = stage.seedOf(60);
    for (int j = std::max(0, sky.rowAt(sea.horizon)); j < frame.height(); ++j) {
        const float down = sky.rowY(j) - sea.horizon;
        const float depth = clamp01(down);
        const Span row = frame.row(view.layer(depth), j);
        p.distance = 0.16F / (down + 0.035F);
        p.across = 1.3F * (0.35F + p.distance);
        p.z = 9.0F * p.distance;
        p.fine = clamp01(0.045F / (row.pixel * p.distance * p.distance + 0.01F));
        p.foam = sea.foam * ramp(0.0F, 0.25F, down);
        p.reflects = 0.30F + 0.45F / (1.0F + 4.0F * down);
        p.low = skyAt(light, 0.05F + 0.2F * down);
        p.high = skyAt(light, 0.55F + 0.5F * down);
        p.sunX = row.x + row.dx * sunColumn;
        p.sunWidth = light.sunRadius * (0.55F + 1.6F * down);
        p.sun = light.sun * ((light.night ? 0.35F : 0.75F) * light.discSeen);
        seaRow(row, p);
    }
}

void drawMirror(const Stage& stage, const Moment& moment, const Mirror& mirror, Frame& frame) {
    const Light& light = stage.light;
    const View& view = moment.view;
    const LayerView sky = view.layer(0.0F);
    const float sunColumn = (light.sunAt.x - sky.x) / sky.step;
    const float shore = (mirror.horizon - sky.y) / sky.step;
    MirrorRow p{};
    for (int channel = 0; channel < 3; ++channel) {
        p.from[channel] = frame.plane(channel);
    }
    p.deep = mirror.deep * luma(light.ambient + light.key * 0.5F);
    p.seconds = moment.seconds;
    p.width = frame.width();
    const int first = std::max(0, sky.rowAt(mirror.horizon));
    p.lastRow = std::max(0, first - 1);
    p.seed = stage.seedOf(61);
    for (int j = first; j < frame.height(); ++j) {
        const float down = sky.rowY(j) - mirror.horizon;
        const Span row = frame.row(view.layer(clamp01(down)), j);
        const float distance = 0.2F / (down + 0.05F);
        p.row = 2.0F * shore - static_cast<float>(j);
        p.sway = mirror.ripple * (0.01F + 0.05F * down) / row.pixel;
        p.fine = 0.35F * mirror.ripple;
        p.across = 1.1F + 1.6F * distance;
        p.z = 11.0F * distance;
        p.reflects = 0.45F + 0.4F / (1.0F + 2.5F * down);
        p.sunX = row.x + row.dx * sunColumn;
        p.sunWidth = light.sunRadius * (0.5F + 0.9F * down);
        p.sun = light.sun * ((light.night ? 0.12F : 0.28F) * light.discSeen);
        mirrorRow(row, p);
    }
}

} // namespace generation::world
