#include "generation/training/world/Style.h"

#include <algorithm>

namespace generation::world {

namespace {

struct GlassPaint {
    const float* from[3];
    int width;
    int height;
    float cells; ///< per picture unit
    float left;  ///< x and y of the first pixel
    float top;
    std::uint32_t seed;
};

FILM_LOOP void glassRow(Span s, GlassPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float* fromR = p.from[0];
    const float* fromG = p.from[1];
    const float* fromB = p.from[2];
    const float v = s.y * p.cells;
    const float cellY = floorOf(v);
    const float toPixel = 1.0F / s.pixel;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float u = (s.x + s.dx * static_cast<float>(i)) * p.cells;
        const float cellX = floorOf(u);
        float first = 9.0F;
        float second = 9.0F;
        float nearX = 0.0F;
        float nearY = 0.0F;
#pragma GCC unroll 9
        for (int k = 0; k < 9; ++k) {
            const float cx = cellX + static_cast<float>(k % 3 - 1);
            const float cy = cellY + static_cast<float>(k / 3 - 1);
            const std::uint32_t h = hashed(cellKey(cx, cy, p.seed));
            const float px = cx + 0.12F + 0.76F * unitOf(h);
            const float py = cy + 0.12F + 0.76F * unitOf(h << 8U);
            const float d2 = (u - px) * (u - px) + (v - py) * (v - py);
            const bool nearer = d2 < first;
            second = nearer ? first : least(second, d2);
            nearX = nearer ? px : nearX;
            nearY = nearer ? py : nearY;
            first = nearer ? d2 : first;
        }
        const float gap = std::sqrt(second) - std::sqrt(first);
        const float column =
            most(0.0F, least(static_cast<float>(p.width - 1), (nearX / p.cells - p.left) * toPixel + 0.5F));
        const float line =
            most(0.0F, least(static_cast<float>(p.height - 1), (nearY / p.cells - p.top) * toPixel + 0.5F));
        const int at = static_cast<int>(line) * p.width + static_cast<int>(column);
        const float lead = ramp(0.06F, 0.19F, gap);
        const float y = 0.3F * fromR[at] + 0.59F * fromG[at] + 0.11F * fromB[at];
        const float bright = lead * (0.86F + 0.34F * clamp01(1.0F - 1.4F * first));
        r[i] = clamp01((y + (fromR[at] - y) * 2.0F + 0.03F) * bright + 0.025F);
        g[i] = clamp01((y + (fromG[at] - y) * 2.0F + 0.03F) * bright + 0.022F);
        b[i] = clamp01((y + (fromB[at] - y) * 2.0F + 0.03F) * bright + 0.03F);
    }
}

struct DotPaint {
    const float* luma;
    int width;
    int height;
    float cells;
    float left;
    float top;
};

/// A screen turned by 45 degrees; each dot is as large as its cell is dark.
FILM_LOOP void dotRow(Span s, DotPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    constexpr float kTurn = 0.70710678F;
    const float toPixel = 1.0F / s.pixel;
    const float soft = s.pixel * p.cells;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float u = (x + s.y) * kTurn * p.cells;
        const float v = (s.y - x) * kTurn * p.cells;
        const float centreU = floorOf(u) + 0.5F;
        const float centreV = floorOf(v) + 0.5F;
        const float centreX = (centreU - centreV) * kTurn / p.cells;
        const float centreY = (centreU + centreV) * kTurn / p.cells;
        const float column = most(0.0F, least(static_cast<float>(p.width - 1), (centreX - p.left) * toPixel + 0.5F));
        const float line = most(0.0F, least(static_cast<float>(p.height - 1), (centreY - p.top) * toPixel + 0.5F));
        const float tone = p.luma[static_cast<int>(line) * p.width + static_cast<int>(column)];
        // Newsprint is light: midtones get smaller dots.
        const float radius = 0.74F * std::sqrt(clamp01(1.02F - tone * (1.45F - 0.43F * tone)));
        const float distance = std::sqrt((u - centreU) * (u - centreU) + (v - centreV) * (v - centreV));
        const float ink = clamp01((radius - distance) / soft + 0.5F);
        r[i] = mix(0.95F, 0.12F, ink);
        g[i] = mix(0.91F, 0.11F, ink);
        b[i] = mix(0.80F, 0.20F, ink);
    }
}

struct Block {
    int left;
    int top;
    int right;
    int bottom;
};

/// The mean of a block in `levels` steps, given back to all of its pixels.
void flatten(Frame& frame, const Block& block, float levels) {
    const float inverse = 1.0F / static_cast<float>((block.right - block.left) * (block.bottom - block.top));
    for (int channel = 0; channel < 3; ++channel) {
        float* plane = frame.plane(channel);
        float sum = 0.0F;
        for (int j = block.top; j < block.bottom; ++j) {
            const float* row = plane + static_cast<std::size_t>(j) * frame.width();
            for (int i = block.left; i < block.right; ++i) {
                sum += row[i];
            }
        }
        const float value = floorOf(clamp01(sum * inverse) * (levels - 1.0F) + 0.5F) / (levels - 1.0F);
        for (int j = block.top; j < block.bottom; ++j) {
            float* row = plane + static_cast<std::size_t>(j) * frame.width();
            std::fill(row + block.left, row + block.right, value);
        }
    }
}

} // namespace

void stylePixelArt(const Easel& easel) {
    constexpr float kLevels = 7.0F;
    Frame& frame = easel.frame;
    const int side = easel.pixels(4.0F, 2);
    for (int top = 0; top < frame.height(); top += side) {
        for (int left = 0; left < frame.width(); left += side) {
            flatten(frame, {left, top, std::min(frame.width(), left + side), std::min(frame.height(), top + side)},
                    kLevels);
        }
    }
}

void styleStainedGlass(const Easel& easel) {
    Frame& frame = easel.frame;
    easel.scratch.copy = frame;
    blur(easel.scratch.copy, easel.pixels(1.0F), easel.scratch.plane);
    GlassPaint p{};
    for (int channel = 0; channel < 3; ++channel) {
        p.from[channel] = easel.scratch.copy.plane(channel);
    }
    p.width = frame.width();
    p.height = frame.height();
    p.cells = 8.0F;
    p.left = easel.screen.x;
    p.top = easel.screen.y;
    p.seed = easel.stage.seedOf(330);
    for (int j = 0; j < frame.height(); ++j) {
        glassRow(frame.row(easel.screen, j), p);
    }
}

void styleHalftone(const Easel& easel) {
    Frame& frame = easel.frame;
    lumaOf(frame, easel.scratch.luma);
    for (float& tone : easel.scratch.luma) {
        tone = std::min(1.0F, tone * easel.exposure());
    }
    boxBlur(easel.scratch.luma.data(), frame.width(), frame.height(), easel.pixels(1.0F), easel.scratch.plane);
    DotPaint p{};
    p.luma = easel.scratch.luma.data();
    p.width = frame.width();
    p.height = frame.height();
    p.cells = 15.0F;
    p.left = easel.screen.x;
    p.top = easel.screen.y;
    for (int j = 0; j < frame.height(); ++j) {
        dotRow(frame.row(easel.screen, j), p);
    }
}

} // namespace generation::world
