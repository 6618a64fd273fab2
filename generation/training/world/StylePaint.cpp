#include "generation/training/world/Style.h"

namespace generation::world {

namespace {

struct WashPaint {
    const float* edge; ///< of the row
    float aspect;
    std::uint32_t seed;
};

FILM_LOOP void washRow(Span s, WashPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float paper = fractal<2>(x * 26.0F, s.y * 26.0F, p.seed);
        const float pool = fractal<3>(x * 2.6F, s.y * 2.6F, p.seed + 5U);
        const float border = least(p.aspect - magnitude(x), 1.0F - magnitude(s.y)) + 0.22F * (pool - 0.5F);
        const float wet = ramp(0.0F, 0.10F, border);
        const float pigment = clamp01((0.62F + 0.5F * pool + 0.28F * (paper - 0.5F)) * wet);
        const float rim = 1.0F - 0.55F * clamp01(3.5F * p.edge[i]) * wet;
        // Pigment takes light away from the paper: thin washes are light, never black.
        const float cr = 1.0F - (1.0F - r[i]) * 0.86F * pigment;
        const float cg = 1.0F - (1.0F - g[i]) * 0.86F * pigment;
        const float cb = 1.0F - (1.0F - b[i]) * 0.86F * pigment;
        const float y = 0.3F * cr + 0.59F * cg + 0.11F * cb;
        const float grainy = 0.965F + 0.06F * (paper - 0.5F);
        r[i] = clamp01((y + (cr - y) * 1.25F) * rim * grainy);
        g[i] = clamp01((y + (cg - y) * 1.25F) * rim * grainy * 0.99F);
        b[i] = clamp01((y + (cb - y) * 1.25F) * rim * grainy * 0.96F);
    }
}

struct BrushPaint {
    const float* from[3];
    const float* gx; ///< gradients of the row
    const float* gy;
    int width;
    int height;
    int row;
    float reach; ///< of a stroke to each side, pixels
    std::uint32_t seed;
};

/// A stroke runs along the edges it follows, elsewhere along a slowly turning field; its colour is the mean along it
/// and its bristles are noise stretched along it.
FILM_LOOP void brushRow(Span s, BrushPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float* fromR = p.from[0];
    const float* fromG = p.from[1];
    const float* fromB = p.from[2];
    const float lastColumn = static_cast<float>(p.width - 1);
    const float lastRow = static_cast<float>(p.height - 1);
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float turn = 1.2F * fractal<2>(x * 1.3F, s.y * 1.3F, p.seed);
        const float vx = 0.035F * wave(turn + 0.25F) - p.gy[i];
        const float vy = 0.035F * wave(turn) + p.gx[i];
        const float inverse = 1.0F / std::sqrt(vx * vx + vy * vy + 1e-8F);
        const float dx = vx * inverse;
        const float dy = vy * inverse;
        float sumR = 0.0F;
        float sumG = 0.0F;
        float sumB = 0.0F;
        float bristle = 0.0F;
#pragma GCC unroll 7
        for (int k = -3; k <= 3; ++k) {
            const float along = static_cast<float>(k) * p.reach * (1.0F / 3.0F);
            const float column = most(0.0F, least(lastColumn, static_cast<float>(i) + dx * along + 0.5F));
            const float line = most(0.0F, least(lastRow, static_cast<float>(p.row) + dy * along + 0.5F));
            const int at = static_cast<int>(line) * p.width + static_cast<int>(column);
            sumR += fromR[at];
            sumG += fromG[at];
            sumB += fromB[at];
            bristle += noise((x + dx * along * s.pixel) * 40.0F, (s.y + dy * along * s.pixel) * 40.0F, p.seed + 3U);
        }
        const float relief = 1.0F + 1.15F * (bristle * (1.0F / 7.0F) - 0.5F);
        const float mean = 1.0F / 7.0F;
        const float y = mean * (0.3F * sumR + 0.59F * sumG + 0.11F * sumB);
        r[i] = clamp01((y + (sumR * mean - y) * 1.35F) * relief + 0.01F);
        g[i] = clamp01((y + (sumG * mean - y) * 1.35F) * relief);
        b[i] = clamp01((y + (sumB * mean - y) * 1.35F) * relief);
    }
}

} // namespace

void styleWatercolor(const Easel& easel) {
    Frame& frame = easel.frame;
    Scratch& scratch = easel.scratch;
    paintPatches(frame, easel.pixels(4.0F, 2), scratch.paint);
    blur(frame, easel.pixels(0.7F), scratch.plane);
    lumaOf(frame, scratch.luma);
    gradientsOf(scratch.luma, frame.width(), frame.height(), scratch.gradients);
    const float scale = static_cast<float>(frame.height()) / 128.0F; // a gradient per pixel shrinks with pixels
    for (float& size : scratch.gradients.size) {
        size *= scale;
    }
    WashPaint p{};
    p.aspect = static_cast<float>(frame.width()) / static_cast<float>(frame.height());
    p.seed = easel.stage.seedOf(310);
    for (int j = 0; j < frame.height(); ++j) {
        p.edge = scratch.gradients.size.data() + static_cast<std::size_t>(j) * frame.width();
        washRow(frame.row(easel.screen, j), p);
    }
}

void styleOil(const Easel& easel) {
    Frame& frame = easel.frame;
    Scratch& scratch = easel.scratch;
    paintPatches(frame, easel.pixels(4.0F, 2), scratch.paint);
    lumaOf(frame, scratch.luma);
    boxBlur(scratch.luma.data(), frame.width(), frame.height(), easel.pixels(2.0F), scratch.plane);
    gradientsOf(scratch.luma, frame.width(), frame.height(), scratch.gradients);
    scratch.copy = frame;
    BrushPaint p{};
    for (int channel = 0; channel < 3; ++channel) {
        p.from[channel] = scratch.copy.plane(channel);
    }
    p.width = frame.width();
    p.height = frame.height();
    p.reach = 4.5F * static_cast<float>(frame.height()) / 128.0F;
    p.seed = easel.stage.seedOf(311);
    for (int j = 0; j < frame.height(); ++j) {
        p.gx = scratch.gradients.x.data() + static_cast<std::size_t>(j) * frame.width();
        p.gy = scratch.gradients.y.data() + static_cast<std::size_t>(j) * frame.width();
        p.row = j;
        brushRow(frame.row(easel.screen, j), p);
    }
}

} // namespace generation::world
