#include "generation/training/world/Ridge.h"

#include <algorithm>

namespace generation::world {

namespace {

struct Columns {
    float* top;
    int count;
    float x;
    float step;
};

FILM_INLINE float crested(float x, std::uint32_t seed) {
    return 1.0F - magnitude(2.0F * noise(x, seed) - 1.0F);
}

FILM_LOOP void peaks(Columns c, Ridge ridge) {
    float* __restrict top = c.top;
    const float f = ridge.frequency;
    const std::uint32_t seed = ridge.seed;
#pragma GCC ivdep
    for (int i = 0; i < c.count; ++i) {
        const float x = c.x + c.step * static_cast<float>(i);
        const float mass = noise(x * f * 0.6F, seed + 5U);
        const float crest = 0.6F * crested(x * f, seed) + 0.4F * crested(x * f * 2.1F, seed + 1U);
        const float profile =
            0.35F * mass + crest * (0.35F + 0.35F * mass) + 0.14F * fractal<3>(x * f * 5.0F, seed + 2U);
        top[i] = ridge.base - ridge.height * profile;
    }
}

FILM_LOOP void rolling(Columns c, Ridge ridge) {
    float* __restrict top = c.top;
#pragma GCC ivdep
    for (int i = 0; i < c.count; ++i) {
        const float x = (c.x + c.step * static_cast<float>(i)) * ridge.frequency;
        top[i] = ridge.base - ridge.height * fractal<3>(x, ridge.seed);
    }
}

FILM_LOOP void dunes(Columns c, Ridge ridge) {
    float* __restrict top = c.top;
#pragma GCC ivdep
    for (int i = 0; i < c.count; ++i) {
        const float x = (c.x + c.step * static_cast<float>(i)) * ridge.frequency;
        const float crest = crested(x * 0.8F, ridge.seed);
        top[i] =
            ridge.base - ridge.height * (0.35F * noise(x * 0.5F, ridge.seed + 1U) + 0.65F * crest * (2.0F - crest));
    }
}

FILM_LOOP void blocks(Columns c, Ridge ridge) {
    float* __restrict top = c.top;
#pragma GCC ivdep
    for (int i = 0; i < c.count; ++i) {
        const float x = (c.x + c.step * static_cast<float>(i)) * ridge.frequency;
        const float cell = floorOf(x);
        const float width = 0.55F + 0.45F * cellUnit(cell, 1.0F, ridge.seed);
        const float t = (x - cell - 0.5F) / width + 0.5F;
        const float lot = cellUnit(cell, 0.0F, ridge.seed);
        const float peak = 0.25F + 0.5F * cellUnit(cell, 2.0F, ridge.seed);
        // Two slopes to a peak, cut flat, with a shoulder where the noise is in steps.
        const float slopes = most(0.0F, least(t / peak, (1.0F - t) / (1.0F - peak)));
        const float steps = floorOf(4.0F * noise(x * 5.0F, ridge.seed + 3U)) * 0.09F;
        const float flat = 0.55F + 0.45F * cellUnit(cell, 3.0F, ridge.seed);
        const float body = lot > 0.3F ? (0.35F + 0.65F * lot) *
                                            least(ramp(0.0F, 0.22F, slopes) * (0.45F + 0.55F * slopes + steps), flat)
                                      : 0.0F;
        top[i] = ridge.base - ridge.height * body;
    }
}

} // namespace

Skyline skylineOf(const Ridge& ridge, const LayerView& layer, int columns) {
    Skyline line;
    line.top.resize(static_cast<std::size_t>(columns));
    const Columns c{line.top.data(), columns, layer.x, layer.step};
    switch (ridge.form) {
    case Ridge::Form::Peaks:
        peaks(c, ridge);
        break;
    case Ridge::Form::Rolling:
        rolling(c, ridge);
        break;
    case Ridge::Form::Dunes:
        dunes(c, ridge);
        break;
    case Ridge::Form::Blocks:
        blocks(c, ridge);
        break;
    }
    const auto [highest, lowest] = std::minmax_element(line.top.begin(), line.top.end());
    line.highest = *highest;
    line.lowest = *lowest;
    return line;
}

} // namespace generation::world
