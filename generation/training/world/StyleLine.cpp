#include "generation/training/world/Style.h"

#include <algorithm>

namespace generation::world {

namespace {

struct LinePaint {
    const float* edge;
    const float* glow;
    const float* luma;
    float seconds;
    float turn; ///< where in the colours a neon clip begins
    std::uint32_t seed;
};

FILM_LOOP void neonRow(Span s, LinePaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float hue = p.turn + 0.16F * x + 0.22F * s.y + 0.05F * p.seconds + 0.5F * p.luma[i];
        const float pink = 0.5F + 0.5F * wave(hue);
        // Between cyan and magenta, over violet.
        const float cr = mix(0.10F, 1.0F, pink);
        const float cg = mix(0.95F, 0.12F, pink);
        const float cb = mix(1.0F, 0.95F, pink);
        const float line = ramp(0.05F, 0.22F, p.edge[i]);
        const float glow = 1.9F * p.glow[i];
        r[i] = clamp01(0.035F + 0.13F * r[i] * p.luma[i] + cr * (0.85F * line + glow) + 0.35F * line * line);
        g[i] = clamp01(0.008F + 0.06F * g[i] * p.luma[i] + cg * (0.85F * line + glow) + 0.35F * line * line);
        b[i] = clamp01(0.085F + 0.18F * b[i] * p.luma[i] + cb * (0.85F * line + glow) + 0.35F * line * line);
    }
}

FILM_LOOP void comicRow(Span s, LinePaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float y = p.luma[i];
        const float level = floorOf(y * 4.99F) * 0.25F;
        const float tone = (0.12F + 0.86F * level) / most(y, 0.04F);
        const float ink = 1.0F - ramp(0.055F, 0.10F, p.edge[i]);
        const float cr = 0.5F * least(tone, 3.0F) * r[i] + 0.5F * r[i];
        const float cg = 0.5F * least(tone, 3.0F) * g[i] + 0.5F * g[i];
        const float cb = 0.5F * least(tone, 3.0F) * b[i] + 0.5F * b[i];
        const float grey = 0.3F * cr + 0.59F * cg + 0.11F * cb;
        // Colours in steps, too, as four inks would give them.
        r[i] = floorOf(clamp01(grey + (cr - grey) * 1.8F) * 7.0F + 0.5F) * (1.0F / 7.0F) * ink;
        g[i] = floorOf(clamp01(grey + (cg - grey) * 1.8F) * 7.0F + 0.5F) * (1.0F / 7.0F) * ink;
        b[i] = floorOf(clamp01(grey + (cb - grey) * 1.8F) * 7.0F + 0.5F) * (1.0F / 7.0F) * ink;
    }
}

/// One direction of hatching: dark lines where the tone is below `from`.
FILM_INLINE float hatch(float place, float tone, float from, float wobble) {
    const float line = 0.5F + 0.5F * wave(place + wobble);
    return ramp(from, from - 0.28F, tone) * ramp(0.45F, 0.85F, line);
}

FILM_LOOP void pencilRow(Span s, LinePaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float tone = p.luma[i];
        const float paper = fractal<2>(x * 33.0F, s.y * 33.0F, p.seed);
        const float wobble = 0.6F * fractal<2>(x * 2.2F, s.y * 2.2F, p.seed + 4U);
        const float one = hatch((x + s.y) * 9.0F, tone, 0.66F, wobble);
        const float two = hatch((x - s.y) * 9.5F, tone, 0.45F, wobble);
        const float three = hatch(s.y * 13.0F + 0.3F * x, tone, 0.27F, wobble);
        const float line = ramp(0.025F, 0.12F, p.edge[i]);
        const float dark = clamp01(0.26F * one + 0.30F * two + 0.28F * three + 0.85F * line + 0.16F * (1.0F - tone));
        const float value = 0.95F - (0.80F * dark) * (0.65F + 0.7F * paper) + 0.05F * (paper - 0.5F);
        r[i] = clamp01(value);
        g[i] = clamp01(value * 0.995F);
        b[i] = clamp01(value * 0.97F);
    }
}

FILM_LOOP void blueprintRow(Span s, LinePaint p) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
    const float soft = s.pixel;
    const float gridY = clamp01(1.0F - magnitude(fraction(s.y * 4.0F) - 0.5F) * 0.25F / soft);
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float x = s.x + s.dx * static_cast<float>(i);
        const float gridX = clamp01(1.0F - magnitude(fraction(x * 4.0F) - 0.5F) * 0.25F / soft);
        const float paper = fractal<2>(x * 5.0F, s.y * 5.0F, p.seed);
        const float line = ramp(0.03F, 0.13F, p.edge[i]);
        const float hatching =
            0.22F * ramp(0.62F, 0.9F, 0.5F + 0.5F * wave((x + s.y) * 10.0F)) * ramp(0.35F, 0.75F, p.luma[i]);
        const float chalk = clamp01(0.95F * line + hatching + 0.14F * most(gridX, gridY));
        r[i] = mix(0.05F + 0.05F * paper, 0.93F, chalk);
        g[i] = mix(0.17F + 0.06F * paper, 0.96F, chalk);
        b[i] = mix(0.46F + 0.10F * paper, 1.0F, chalk);
    }
}

/// Luma and its gradients, taken after a blur of the radius: the lines a hand would draw.
void findLines(const Easel& easel, float radius) {
    Scratch& scratch = easel.scratch;
    lumaOf(easel.frame, scratch.luma);
    for (float& tone : scratch.luma) {
        tone = std::min(1.0F, tone * easel.exposure());
    }
    scratch.second = scratch.luma;
    boxBlur(scratch.second.data(), easel.frame.width(), easel.frame.height(), easel.pixels(radius), scratch.plane);
    gradientsOf(scratch.second, easel.frame.width(), easel.frame.height(), scratch.gradients);
    // A gradient per pixel shrinks with the pixels, and fog flattens what is behind it.
    const float contrast = easel.stage.clip.weather == Weather::Fog ? 1.7F : 1.0F;
    const float scale = contrast * static_cast<float>(easel.frame.height()) / 128.0F;
    for (float& size : scratch.gradients.size) {
        size *= scale;
    }
}

template <class Row>
void drawLines(const Easel& easel, LinePaint paint, Row row) {
    const auto width = static_cast<std::size_t>(easel.frame.width());
    const float* edge = easel.scratch.gradients.size.data();
    const float* glow = easel.scratch.second.data();
    const float* tone = easel.scratch.luma.data();
    for (int j = 0; j < easel.frame.height(); ++j) {
        const std::size_t start = static_cast<std::size_t>(j) * width;
        paint.edge = edge + start;
        paint.glow = glow + start;
        paint.luma = tone + start;
        row(easel.frame.row(easel.screen, j), paint);
    }
}

} // namespace

void styleNeon(const Easel& easel) {
    Scratch& scratch = easel.scratch;
    findLines(easel, 0.5F);
    scratch.second = scratch.gradients.size;
    for (float& value : scratch.second) {
        value = std::min(value, 0.35F);
    }
    const int radius = easel.pixels(3.0F);
    boxBlur(scratch.second.data(), easel.frame.width(), easel.frame.height(), radius, scratch.plane);
    boxBlur(scratch.second.data(), easel.frame.width(), easel.frame.height(), radius, scratch.plane);
    LinePaint paint{};
    paint.seconds = easel.seconds;
    paint.turn = easel.stage.lot(320, 0.0F, 1.0F);
    drawLines(easel, paint, neonRow);
}

void styleComic(const Easel& easel) {
    paintPatches(easel.frame, easel.pixels(3.0F, 2), easel.scratch.paint);
    findLines(easel, 0.6F);
    drawLines(easel, {}, comicRow);
}

void stylePencil(const Easel& easel) {
    findLines(easel, 0.6F);
    LinePaint paint{};
    paint.seed = easel.stage.seedOf(321);
    drawLines(easel, paint, pencilRow);
}

void styleBlueprint(const Easel& easel) {
    findLines(easel, 0.6F);
    LinePaint paint{};
    paint.seed = easel.stage.seedOf(322);
    drawLines(easel, paint, blueprintRow);
}

} // namespace generation::world
