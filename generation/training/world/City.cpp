#include "generation/training/world/City.h"

#include <algorithm>
#include <array>
#include <vector>

namespace generation::world {

namespace {

struct Towers {
    float base;
    float height;
    float frequency; ///< lots per picture unit
    float depth;
    float haze;
    float windows; ///< windows per picture unit
    std::uint32_t seed;
};

/// What a column of pixels knows of its tower.
struct TowerColumns {
    explicit TowerColumns(int width)
        : top(static_cast<std::size_t>(width)), lot(top.size()), place(top.size()), edge(top.size()) {}
    std::vector<float> top;
    std::vector<float> lot;   ///< the tower's random number
    std::vector<float> place; ///< x inside the tower, picture units
    std::vector<float> edge;  ///< distance to the nearer side wall, picture units
};

struct ColumnPlace {
    int count;
    float x;
    float step;
    float seconds;
};

/// Lots of unequal width: the boundaries are the grid's, each moved by its own random share.
FILM_LOOP void raise(const Towers& t, ColumnPlace c, TowerColumns& columns) {
    float* __restrict top = columns.top.data();
    float* __restrict lot = columns.lot.data();
    float* __restrict place = columns.place.data();
    float* __restrict edge = columns.edge.data();
#pragma GCC ivdep
    for (int i = 0; i < c.count; ++i) {
        const float x = (c.x + c.step * static_cast<float>(i)) * t.frequency;
        const float cell = floorOf(x);
        const float boundary = cell + 0.6F * (cellUnit(cell, 0.0F, t.seed) - 0.1F);
        const float index = x < boundary ? cell - 1.0F : cell;
        const float left = index + 0.6F * (cellUnit(index, 0.0F, t.seed) - 0.1F);
        const float right = index + 1.0F + 0.6F * (cellUnit(index + 1.0F, 0.0F, t.seed) - 0.1F);
        const float share = (x - left) / (right - left);
        const float size = cellUnit(index, 1.0F, t.seed);
        const float kind = cellUnit(index, 2.0F, t.seed);
        const float centred = magnitude(share - 0.5F);
        // Two thirds are plain, some step back, some carry a mast.
        const float setback = kind < 0.35F && centred > 0.28F ? 0.20F : 0.0F;
        const float gap = centred > 0.485F ? 0.45F : 0.0F;
        const float mast = kind > 0.75F && centred < 0.03F ? 0.22F : 0.0F;
        const float roof = kind > 0.45F && kind < 0.6F ? 0.22F * (0.5F - centred) : 0.0F;
        top[i] = t.base - t.height * (0.28F + 0.72F * size * size) * (1.0F - setback - gap + roof) - mast * t.height;
        lot[i] = unitOf(hashed(cellKey(index, 3.0F, t.seed)));
        place[i] = (x - left) / t.frequency;
        edge[i] = least(x - left, right - x) / t.frequency;
    }
}

struct WallPaint {
    const float* top;
    const float* lot;
    const float* place;
    const float* edge;
    Rgb key;
    Rgb ambient;
    Rgb air;
    Rgb sky; ///< what glass reflects
    float haze;
    float base;
    float windows;
    float lamps;
    float side;
    float seconds;
    std::uint32_t seed;
};

FILM_INLINE Rgb wallColour(float lot) {
    constexpr Rgb stone = shown(0.62F, 0.58F, 0.54F);
    constexpr Rgb brick = shown(0.56F, 0.38F, 0.32F);
    constexpr Rgb glass = shown(0.40F, 0.50F, 0.60F);
    constexpr Rgb concrete = shown(0.70F, 0.70F, 0.70F);
    // By parts: a choice between whole structs is a choice between addresses, which no vector instruction makes.
    return {lot < 0.25F   ? stone.r
            : lot < 0.45F ? brick.r
            : lot < 0.75F ? glass.r
                          : concrete.r,
            lot < 0.25F   ? stone.g
            : lot < 0.45F ? brick.g
            : lot < 0.75F ? glass.g
                          : concrete.g,
            lot < 0.25F   ? stone.b
            : lot < 0.45F ? brick.b
            : lot < 0.75F ? glass.b
                          : concrete.b};
}

FILM_LOOP void wallRow(Span s, WallPaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float low = ramp(0.5F, 0.0F, p.base - s.y);
    const float soft = 1.4F * s.pixel * p.windows;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float lot = p.lot[i];
        const float below = s.y - p.top[i];
        const float dense =
            p.windows *
            (0.75F + 0.5F * unitOf(hashed(static_cast<std::uint32_t>(static_cast<std::int32_t>(lot * 65536.0F)))));
        const float u = p.place[i] * dense;
        const float v = below * dense * 0.8F;
        const float cellX = floorOf(u);
        const float cellY = floorOf(v);
        const std::uint32_t h = hashed(
            cellKey(cellX, cellY, p.seed + static_cast<std::uint32_t>(static_cast<std::int32_t>(lot * 9999.0F))));
        // A window is the middle of its cell, blurred by a pixel.
        const float inX = 0.32F - magnitude(u - cellX - 0.5F);
        const float inY = 0.30F - magnitude(v - cellY - 0.5F);
        const float pane = clamp01(inX / soft + 0.5F) * clamp01(inY / soft + 0.5F) *
                           (p.edge[i] * dense > 0.35F && below * dense > 0.6F ? 1.0F : 0.0F);
        const float on =
            unitOf(h) + 0.06F * wave(unitOf(h << 7U) + 0.3F * p.seconds) < p.lamps * (0.35F + 0.6F * lot) ? 1.0F : 0.0F;
        const float warm = unitOf(h << 11U);
        const float bright = (0.35F + 0.65F * unitOf(h << 4U)) * on;
        const float facing = clamp01(0.55F + (p.side > 0.0F ? 0.3F : -0.3F) * (lot - 0.5F) * 2.0F);
        const Rgb wall = wallColour(lot);
        const Rgb dark = p.sky * (0.30F + 0.25F * warm);
        const float ledge = 0.88F + 0.12F * ramp(0.0F, 0.02F, below);
        float cr = wall.r * (p.ambient.r + p.key.r * facing) * ledge;
        float cg = wall.g * (p.ambient.g + p.key.g * facing) * ledge;
        float cb = wall.b * (p.ambient.b + p.key.b * facing) * ledge;
        cr = mix(cr, mix(dark.r, 0.95F, bright), pane) + 0.10F * low * p.lamps;
        cg = mix(cg, mix(dark.g, mix(0.45F, 0.78F, warm), bright), pane) + 0.055F * low * p.lamps;
        cb = mix(cb, mix(dark.b, mix(0.10F, 0.55F, warm * warm), bright), pane) + 0.02F * low * p.lamps;
        const float cover = clamp01(below / s.pixel + 0.5F);
        r[i] = mix(r[i], mix(cr, p.air.r, p.haze), cover);
        g[i] = mix(g[i], mix(cg, p.air.g, p.haze), cover);
        b[i] = mix(b[i], mix(cb, p.air.b, p.haze), cover);
    }
}

void drawTowers(const Stage& stage, const Moment& moment, const Towers& towers, Frame& frame) {
    const LayerView layer = moment.view.layer(towers.depth);
    TowerColumns columns(frame.width());
    raise(towers, {frame.width(), layer.x, layer.step, moment.seconds}, columns);
    WallPaint p{};
    p.top = columns.top.data();
    p.lot = columns.lot.data();
    p.place = columns.place.data();
    p.edge = columns.edge.data();
    p.key = stage.light.key;
    p.ambient = stage.light.ambient;
    p.air = stage.light.horizon;
    p.sky = mix(stage.light.zenith, stage.light.horizon, 0.5F);
    p.haze = towers.haze;
    p.base = towers.base;
    p.windows = towers.windows;
    p.lamps = stage.light.lamps;
    p.side = stage.light.side;
    p.seconds = moment.seconds;
    p.seed = towers.seed;
    const float highest = *std::min_element(columns.top.begin(), columns.top.end());
    for (int j = std::max(0, layer.rowAt(highest) - 1); j < frame.height(); ++j) {
        wallRow(frame.row(layer, j), p);
    }
}

} // namespace

void drawCity(const Stage& stage, const Moment& moment, Frame& frame) {
    const float hazy = stage.clip.weather == Weather::Clear ? 0.0F : 0.15F;
    const float foot = stage.horizon;
    const std::array<Towers, 3> rows{{
        {foot + 0.25F, 0.95F, 5.5F, 0.25F, 0.55F + hazy, 22.0F, stage.seedOf(70)},
        {foot + 0.50F, 1.10F, 3.6F, 0.55F, 0.22F + hazy, 16.0F, stage.seedOf(71)},
        {foot + 0.85F, 0.80F, 2.3F, 1.0F, 0.0F + 0.5F * hazy, 10.0F, stage.seedOf(72)},
    }};
    for (const Towers& row : rows) {
        drawTowers(stage, moment, row, frame);
    }
}

} // namespace generation::world
