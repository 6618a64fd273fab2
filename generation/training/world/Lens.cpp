#include "generation/training/world/Lens.h"

#include <algorithm>
#include <array>

namespace generation::world {

namespace {

constexpr int kBeamScale = 4; ///< sunbeams are soft: a quarter of the resolution is enough

FILM_LOOP void developPlane(float* __restrict values, int count) {
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        const float v = most(values[i], 0.0F);
        const float over = most(v - 0.64F, 0.0F);
        // Linear up to 0.64 (0.8 displayed), then towards 1, with no kink.
        const float light = least(v, 0.64F) + 0.36F * over / (over + 0.36F);
        values[i] = std::sqrt(light);
    }
}

struct BeamRow {
    const float* light; ///< the small picture of what shines
    int width;
    int height;
    float sunX; ///< in its pixels
    float sunY;
    float y;
};

/// The mean of the small picture along the line to the sun.
FILM_LOOP void beamRow(BeamRow p, float* __restrict to) {
#pragma GCC ivdep
    for (int i = 0; i < p.width; ++i) {
        float sum = 0.0F;
        float x = static_cast<float>(i);
        float y = p.y;
        const float dx = (p.sunX - x) * 0.055F;
        const float dy = (p.sunY - y) * 0.055F;
        float weight = 1.0F;
#pragma GCC unroll 16
        for (int k = 0; k < 16; ++k) {
            const int column = static_cast<int>(most(0.0F, least(x + 0.5F, static_cast<float>(p.width - 1))));
            const int row = static_cast<int>(most(0.0F, least(y + 0.5F, static_cast<float>(p.height - 1))));
            sum += weight * p.light[row * p.width + column];
            x += dx;
            y += dy;
            weight *= 0.95F;
        }
        to[i] = sum * (1.0F / 11.2F);
    }
}

struct BeamAdd {
    const float* beams;
    int width;
    int height;
    float y;
    Rgb colour;
};

FILM_LOOP void addBeams(Span s, BeamAdd p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float lastX = static_cast<float>(p.width - 1) - 0.001F;
    const float y = most(0.0F, least(p.y, static_cast<float>(p.height - 1) - 0.001F));
    const int row = static_cast<int>(y);
    const float v = y - static_cast<float>(row);
    const float* upper = p.beams + row * p.width;
    const float* lower = upper + p.width;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x =
            most(0.0F, least((static_cast<float>(i) + 0.5F) / static_cast<float>(kBeamScale) - 0.5F, lastX));
        const int column = static_cast<int>(x);
        const float u = x - static_cast<float>(column);
        const float light = mix(mix(upper[column], upper[column + 1], u), mix(lower[column], lower[column + 1], u), v);
        r[i] += p.colour.r * light;
        g[i] += p.colour.g * light;
        b[i] += p.colour.b * light;
    }
}

void addSunbeams(const Stage& stage, const Moment& moment, Frame& frame, Scratch& scratch) {
    const int width = std::max(2, frame.width() / kBeamScale);
    const int height = std::max(2, frame.height() / kBeamScale);
    const LayerView sky = moment.view.layer(0.0F);
    const float sunX = (stage.light.sunAt.x - sky.x) / sky.step;
    const float sunY = (stage.light.sunAt.y - sky.y) / sky.step;
    scratch.luma.assign(static_cast<std::size_t>(width) * height, 0.0F);
    scratch.second.resize(scratch.luma.size());
    for (int j = 0; j < height; ++j) {
        for (int i = 0; i < width; ++i) {
            const std::size_t from =
                static_cast<std::size_t>(std::min(frame.height() - 1, j * kBeamScale + 2)) * frame.width() +
                std::min(frame.width() - 1, i * kBeamScale + 2);
            const float light = luma({frame.plane(0)[from], frame.plane(1)[from], frame.plane(2)[from]});
            const float dx = (static_cast<float>(i * kBeamScale) - sunX) * sky.step;
            const float dy = (static_cast<float>(j * kBeamScale) - sunY) * sky.step;
            scratch.luma[static_cast<std::size_t>(j) * width + i] =
                least(2.0F, most(0.0F, light - 0.25F)) / (1.0F + 2.5F * (dx * dx + dy * dy));
        }
    }
    const float scale = 1.0F / static_cast<float>(kBeamScale);
    for (int j = 0; j < height; ++j) {
        beamRow({scratch.luma.data(), width, height, sunX * scale, sunY * scale, static_cast<float>(j)},
                scratch.second.data() + static_cast<std::size_t>(j) * width);
    }
    const float peak = most(most(stage.light.sun.r, stage.light.sun.g), stage.light.sun.b);
    const Rgb colour = stage.light.sun * (1.15F / peak);
    for (int j = 0; j < frame.height(); ++j) {
        addBeams(frame.row(sky, j),
                 {scratch.second.data(), width, height, (static_cast<float>(j) + 0.5F) * scale - 0.5F, colour});
    }
}

struct Ghost {
    float along; ///< 0 the sun, 1 the picture's middle, 2 the other side
    float size;
    Rgb colour;
    float ring;
};

struct GhostPaint {
    Point at;
    float radius;
    float ring;
    Rgb colour;
};

FILM_LOOP void ghostRow(Span s, GhostPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float dy = (s.y - p.at.y) / p.radius;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float dx = (s.x + s.dx * static_cast<float>(i) - p.at.x) / p.radius;
        const float distance = std::sqrt(dx * dx + dy * dy);
        const float light = ramp(1.0F, 0.9F, distance) * mix(1.0F, 0.25F + distance * distance * distance, p.ring);
        r[i] += p.colour.r * light;
        g[i] += p.colour.g * light;
        b[i] += p.colour.b * light;
    }
}

struct StreakPaint {
    Point at;
    Rgb colour;
};

FILM_LOOP void streakRow(Span s, StreakPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float dy = (s.y - p.at.y) * 26.0F;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float dx = s.x + s.dx * static_cast<float>(i) - p.at.x;
        const float light = 1.0F / ((1.0F + dy * dy) * (1.0F + 2.2F * dx * dx));
        r[i] += p.colour.r * light;
        g[i] += p.colour.g * light;
        b[i] += p.colour.b * light;
    }
}

void addFlare(const Stage& stage, const Moment& moment, Frame& frame) {
    constexpr std::array<Ghost, 6> ghosts{{{0.55F, 0.07F, {0.10F, 0.16F, 0.08F}, 0.2F},
                                           {0.80F, 0.035F, {0.20F, 0.12F, 0.06F}, 0.0F},
                                           {1.25F, 0.12F, {0.05F, 0.10F, 0.16F}, 0.8F},
                                           {1.50F, 0.05F, {0.16F, 0.08F, 0.14F}, 0.1F},
                                           {1.75F, 0.17F, {0.08F, 0.11F, 0.05F}, 0.9F},
                                           {2.10F, 0.09F, {0.14F, 0.09F, 0.05F}, 0.4F}}};
    // In screen units: the lens does not move with the scene.
    const LayerView sky = moment.view.layer(0.0F);
    const LayerView screen = viewAt(Camera::Static, 0, 0.0F, {frame.width(), frame.height(), 1, 1.0F}).layer(0.0F);
    const Point sun{screen.columnX(0) + (stage.light.sunAt.x - sky.x) / sky.step * screen.step,
                    screen.rowY(0) + (stage.light.sunAt.y - sky.y) / sky.step * screen.step};
    for (const Ghost& ghost : ghosts) {
        const GhostPaint paint{
            {sun.x * (1.0F - ghost.along), sun.y * (1.0F - ghost.along)}, ghost.size, ghost.ring, ghost.colour};
        const int last = std::min(frame.height(), screen.rowAt(paint.at.y + ghost.size));
        for (int j = std::max(0, screen.rowAt(paint.at.y - ghost.size)); j < last; ++j) {
            ghostRow(frame.row(screen, j), paint);
        }
    }
    const StreakPaint streak{sun, stage.light.sun * 0.22F};
    for (int j = 0; j < frame.height(); ++j) {
        streakRow(frame.row(screen, j), streak);
    }
}

struct DropPaint {
    const float* from[3];
    int width;
    int height;
    float cells;
    float slide;
    std::uint32_t seed;
};

/// Each drop is a small lens: it shows the picture around it upside down, darker at its rim.
FILM_LOOP void dropRow(Span s, DropPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float* fromR = p.from[0];
    const float* fromG = p.from[1];
    const float* fromB = p.from[2];
    const float pixels = 1.0F / s.pixel;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float u = x * p.cells;
        const float column = floorOf(u);
        const float lot = cellUnit(column, 3.0F, p.seed);
        const float v = s.y * p.cells - p.slide * (lot < 0.4F ? lot : 0.0F) + lot;
        const float cell = floorOf(v);
        const std::uint32_t h = hashed(cellKey(column, cell, p.seed));
        const float size = 0.16F + 0.20F * unitOf(h);
        const float dx = (u - column - (0.4F + 0.2F * unitOf(h << 9U))) / size;
        const float dy = (v - cell - 0.5F) / (size * 1.15F);
        const float d2 = dx * dx + dy * dy;
        const float cover = (unitOf(h << 17U) < 0.45F ? 1.0F : 0.0F) * ramp(1.0F, 0.75F, d2);
        const float shiftX = -dx * (1.0F + d2) * 0.20F * pixels;
        const float shiftY = -dy * (1.0F + d2) * 0.24F * pixels;
        const float row = (s.y + 1.0F) * 0.5F * static_cast<float>(p.height);
        const int fromColumn =
            static_cast<int>(most(0.0F, least(static_cast<float>(i) + shiftX, static_cast<float>(p.width - 1))));
        const int fromRow = static_cast<int>(most(0.0F, least(row + shiftY, static_cast<float>(p.height - 1))));
        const int at = fromRow * p.width + fromColumn;
        const float tone =
            1.12F - 0.55F * d2 + 0.5F * ramp(0.12F, 0.02F, (dx + 0.35F) * (dx + 0.35F) + (dy + 0.4F) * (dy + 0.4F));
        r[i] = mix(r[i], fromR[at] * tone, cover);
        g[i] = mix(g[i], fromG[at] * tone, cover);
        b[i] = mix(b[i], fromB[at] * tone, cover);
    }
}

void addDrops(const Stage& stage, const Moment& moment, Frame& frame, Scratch& scratch) {
    scratch.copy = frame;
    const LayerView screen = viewAt(Camera::Static, 0, 0.0F, {frame.width(), frame.height(), 1, 1.0F}).layer(0.0F);
    const DropPaint paint{{scratch.copy.plane(0), scratch.copy.plane(1), scratch.copy.plane(2)},
                          frame.width(),
                          frame.height(),
                          5.5F,
                          0.8F * moment.seconds,
                          stage.seedOf(180)};
    for (int j = 0; j < frame.height(); ++j) {
        dropRow(frame.row(screen, j), paint);
    }
}

} // namespace

void defocus(Frame& frame, Scratch& scratch) {
    const float pixels = 0.014F * static_cast<float>(frame.height());
    blur(frame, std::max(1, static_cast<int>(pixels + 0.5F)), scratch.plane);
}

void applyLens(const Stage& stage, const Moment& moment, Frame& frame, Scratch& scratch) {
    if (stage.clip.sunbeams) {
        addSunbeams(stage, moment, frame, scratch);
    }
    if (stage.clip.lensFlare) {
        addFlare(stage, moment, frame);
    }
    if (stage.clip.wetLens) {
        addDrops(stage, moment, frame, scratch);
    }
}

void develop(Frame& frame) {
    developPlane(frame.plane(0), static_cast<int>(3 * frame.pixels()));
}

} // namespace generation::world
