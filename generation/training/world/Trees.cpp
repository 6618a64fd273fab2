#include "generation/training/world/Trees.h"

#include "generation/training/world/Sky.h"

#include <algorithm>

namespace generation::world {

namespace {

struct TreePaint {
    Rgb leaf;
    Rgb key;
    Rgb ambient;
    Rgb air;
    float haze;
    float base;
    float height;
    float frequency;
    float side;
    float snow;
    float sway;
    std::uint32_t seed;
};

/// How far inside a tree the point is, in picture units, and how the spot is lit.
struct Needle {
    float inside;
    float facing;
    float edge; ///< 1 at the tips of the branches
};

/// The tree of one grid cell: tiers of branches, wider below, on a trunk.
FILM_INLINE Needle needleOf(const TreePaint& p, float x, float y, float cell) {
    const std::uint32_t h = hashed(cellKey(cell, 0.0F, p.seed));
    const float lot = unitOf(h);
    const float lot2 = unitOf(h << 9U);
    const float tall = p.height * (0.55F + 0.45F * lot);
    const float ground = p.base + 0.05F * p.height * lot2;
    const float up = (ground - y) / tall; // 0 at the ground, 1 at the top
    const float centre = (cell + 0.2F + 0.6F * lot2) / p.frequency + p.sway * up * up * (lot - 0.3F);
    const float dx = x - centre;
    const float tiers = 6.0F + 4.0F * lot2;
    const float tier = fraction(up * tiers);
    const float width = tall * (0.17F + 0.06F * lot);
    const float rough = 0.12F * (noise(x * 60.0F, y * 60.0F, p.seed + 3U) - 0.5F);
    const float reach = width * ((1.0F - up) * (0.72F + 0.42F * (1.0F - tier)) + rough);
    const float crown = up > 0.06F && up < 1.0F ? reach - magnitude(dx) : -1.0F;
    const float trunk = up > -0.2F && up < 0.2F ? 0.018F * tall - magnitude(dx) : -1.0F;
    const float across = dx / most(reach, 0.001F);
    return {most(crown, trunk), clamp01(0.42F + 0.42F * p.side * across + 0.3F * (0.5F - tier)), tier};
}

FILM_LOOP void treeRow(Span s, TreePaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float cell = floorOf(x * p.frequency);
        const Needle left = needleOf(p, x, s.y, cell - 1.0F);
        const Needle middle = needleOf(p, x, s.y, cell);
        const Needle right = needleOf(p, x, s.y, cell + 1.0F);
        const float ground = p.base - p.height * (0.07F + 0.06F * fractal<2>(x * 1.5F, p.seed + 8U));
        // The tree in the middle stands in front.
        const bool hit = middle.inside > 0.0F;
        const bool hitLeft = left.inside > right.inside;
        const float other = hitLeft ? left.inside : right.inside;
        const float inside = most(most(middle.inside, other), s.y - ground);
        const float facing = hit ? middle.facing : (hitLeft ? left.facing : right.facing);
        const float tip = hit ? middle.edge : (hitLeft ? left.edge : right.edge);
        const float grain = 0.7F + 0.6F * noise(x * 45.0F, s.y * 70.0F, p.seed + 5U);
        const float snow = p.snow * ramp(0.35F, 0.75F, tip + 0.3F * (grain - 1.0F));
        const float lit = facing * grain;
        const Rgb albedo = mix(p.leaf * grain, Rgb{0.86F, 0.9F, 0.96F}, snow);
        const float cover = clamp01(inside / s.pixel + 0.5F);
        r[i] = mix(r[i], mix(albedo.r * (p.ambient.r + p.key.r * lit), p.air.r, p.haze), cover);
        g[i] = mix(g[i], mix(albedo.g * (p.ambient.g + p.key.g * lit), p.air.g, p.haze), cover);
        b[i] = mix(b[i], mix(albedo.b * (p.ambient.b + p.key.b * lit), p.air.b, p.haze), cover);
    }
}

} // namespace

void drawTrees(const Stage& stage, const Moment& moment, const TreeRow& trees, Frame& frame) {
    const LayerView layer = moment.view.layer(trees.depth);
    TreePaint p{};
    p.leaf = shown(0.20F, 0.42F, 0.24F);
    p.key = stage.light.key;
    p.ambient = stage.light.ambient;
    p.air = mix(stage.light.horizon, skyAt(stage.light, 0.2F), 0.4F);
    p.haze = trees.haze;
    p.base = trees.base;
    p.height = trees.height;
    p.frequency = trees.frequency;
    p.side = stage.light.side;
    p.snow = stage.snowy() ? 0.85F : 0.0F;
    p.sway = 0.02F * wave(0.35F * moment.seconds + trees.depth);
    p.seed = trees.seed;
    for (int j = std::max(0, layer.rowAt(trees.base - trees.height) - 1); j < frame.height(); ++j) {
        treeRow(frame.row(layer, j), p);
    }
}

} // namespace generation::world
