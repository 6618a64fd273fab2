#include "generation/training/world/Subjects.h"

#include <array>

namespace generation::world {

namespace {

constexpr Rgb kCream = shown(0.95F, 0.92F, 0.84F);
constexpr Rgb kDark = shown(0.16F, 0.15F, 0.17F);

} // namespace

void drawBalloon(const Actor& actor, Pen& pen) {
    const float side = actor.stage.light.side * pen.placing().mirror;
    const Ink main{actor.paint, 0.62F, {0.55F * side, -0.35F}};
    const Ink stripe{mix(actor.paint, kCream, 0.8F), 0.62F, {0.55F * side, -0.35F}};
    pen.polygon({{-0.52F, 0.12F}, {0.52F, 0.12F}, {0.13F, 0.70F}, {-0.13F, 0.70F}}, main);
    pen.polygon({{-0.34F, 0.12F}, {0.34F, 0.12F}, {0.09F, 0.70F}, {-0.09F, 0.70F}}, stripe);
    pen.polygon({{-0.15F, 0.12F}, {0.15F, 0.12F}, {0.045F, 0.70F}, {-0.045F, 0.70F}}, main);
    pen.ellipse({0.0F, -0.22F}, {0.64F, 0.66F}, main);
    pen.ellipse({0.0F, -0.22F}, {0.45F, 0.66F}, stripe);
    pen.ellipse({0.0F, -0.22F}, {0.23F, 0.66F}, main);
    pen.polygon({{-0.63F, -0.10F}, {0.63F, -0.10F}, {0.60F, 0.02F}, {-0.60F, 0.02F}}, {actor.paint * 0.6F, 0.6F});
    const Ink rope{kDark, 0.4F};
    pen.line({-0.12F, 0.70F}, {-0.09F, 0.88F}, 0.025F, rope);
    pen.line({0.12F, 0.70F}, {0.09F, 0.88F}, 0.025F, rope);
    pen.polygon({{-0.12F, 0.86F}, {0.12F, 0.86F}, {0.10F, 1.05F}, {-0.10F, 1.05F}}, {shown(0.50F, 0.33F, 0.18F)});
    const bool burning = fraction(0.55F * actor.seconds + actor.stage.lot(120, 0.0F, 1.0F)) < 0.45F;
    if (burning || actor.stage.light.night) {
        const float glow = actor.stage.light.night ? 0.55F : 0.15F;
        pen.ellipse({0.0F, 0.05F}, {0.30F, 0.42F},
                    {.colour = {1.3F, 0.75F, 0.25F}, .alpha = glow, .soft = 0.45F, .shines = true});
        pen.ellipse({0.0F, 0.76F}, {0.035F, 0.08F}, {.colour = {1.8F, 1.1F, 0.4F}, .shines = true});
    }
}

void drawBird(const Actor& actor, float phase, Pen& pen) {
    const float beat = wave(1.9F * actor.seconds + phase);
    const Ink dark{mix(kDark, actor.stage.light.horizon, 0.06F), 0.5F};
    const float lift = 0.55F * beat;
    pen.ellipse({0.0F, 0.0F}, {0.34F, 0.13F}, dark);
    pen.line({0.28F, -0.03F}, {0.46F, -0.02F}, 0.09F, dark);
    pen.line({-0.06F, -0.02F}, {-0.35F, -0.35F - 0.5F * lift}, 0.15F, dark);
    pen.line({-0.35F, -0.35F - 0.5F * lift}, {-0.95F, -0.32F - 1.2F * lift}, 0.11F, dark);
    pen.line({0.06F, -0.02F}, {0.25F, -0.36F - 0.5F * lift}, 0.15F, dark);
    pen.line({0.25F, -0.36F - 0.5F * lift}, {0.80F, -0.34F - 1.2F * lift}, 0.11F, dark);
}

void drawPlane(const Actor& actor, Pen& pen) {
    const Ink body{actor.paint, 0.62F, {0.0F, -2.4F}};
    const Ink wing{actor.paint * 0.55F, 0.55F};
    pen.polygon({{0.10F, 0.02F}, {-0.12F, -0.34F}, {-0.24F, -0.34F}, {-0.16F, 0.02F}}, wing);
    pen.polygon({{-0.72F, -0.02F}, {-1.02F, -0.40F}, {-0.84F, -0.40F}, {-0.52F, -0.06F}}, body);
    pen.ellipse({0.0F, 0.0F}, {0.98F, 0.155F}, body);
    pen.polygon({{-0.95F, -0.02F}, {-0.55F, -0.14F}, {-0.55F, 0.10F}}, body);
    pen.line({-0.70F, -0.02F}, {0.66F, -0.02F}, 0.055F, {kCream, 0.7F});
    for (int k = 0; k < 8; ++k) {
        const float x = -0.5F + 0.14F * static_cast<float>(k);
        pen.ellipse({x, -0.055F}, {0.03F, 0.035F}, {kDark, 0.4F});
    }
    pen.polygon({{0.62F, -0.10F}, {0.78F, -0.08F}, {0.82F, -0.02F}, {0.64F, -0.02F}}, {shown(0.25F, 0.33F, 0.42F)});
    pen.polygon({{0.22F, 0.04F}, {-0.10F, 0.40F}, {-0.28F, 0.42F}, {-0.14F, 0.05F}}, wing);
    pen.line({-0.06F, 0.22F}, {0.10F, 0.22F}, 0.10F, {kDark, 0.5F});
    if (actor.stage.light.lamps > 0.2F) {
        const float blink = fraction(1.4F * actor.seconds) < 0.35F ? 1.0F : 0.15F;
        pen.ellipse({-0.95F, -0.38F}, {0.06F, 0.06F},
                    {.colour = {1.6F, 0.25F, 0.2F}, .alpha = blink, .soft = 0.1F, .shines = true});
        pen.ellipse({0.97F, 0.0F}, {0.07F, 0.07F},
                    {.colour = {1.6F, 1.5F, 1.2F}, .alpha = 0.8F, .soft = 0.15F, .shines = true});
    }
}

void drawKite(const Actor& actor, Pen& pen) {
    const float t = actor.seconds;
    const Ink bright{actor.paint, 0.85F};
    const Ink dim{actor.paint * 0.55F, 0.7F};
    // The string goes down to a hand below the picture, the tail waves behind.
    pen.line({0.0F, 0.1F}, {-1.2F, 4.5F}, 0.03F, {.colour = kDark, .alpha = 0.75F});
    Point from{0.0F, 0.92F};
    for (int k = 0; k < 6; ++k) {
        const float share = static_cast<float>(k);
        const Point to{-0.10F * (share + 1.0F) + 0.12F * wave(0.9F * t - 0.19F * share),
                       0.92F + 0.22F * (share + 1.0F)};
        pen.line(from, to, 0.045F, dim);
        if (k % 2 == 1) {
            pen.polygon({{to.x - 0.12F, to.y - 0.07F}, {to.x, to.y}, {to.x - 0.12F, to.y + 0.07F}}, bright);
            pen.polygon({{to.x, to.y}, {to.x + 0.12F, to.y - 0.07F}, {to.x + 0.12F, to.y + 0.07F}}, bright);
        }
        from = to;
    }
    pen.polygon({{0.0F, -0.85F}, {0.0F, 0.95F}, {-0.58F, -0.15F}}, bright);
    pen.polygon({{0.0F, -0.85F}, {0.58F, -0.15F}, {0.0F, 0.95F}}, dim);
    pen.line({0.0F, -0.85F}, {0.0F, 0.95F}, 0.035F, {kCream, 0.7F});
    pen.line({-0.58F, -0.15F}, {0.58F, -0.15F}, 0.035F, {kCream, 0.7F});
}

void drawSpaceship(const Actor& actor, Pen& pen) {
    const Ink hull{.colour = actor.paint, .facing = 0.9F, .bend = {0.0F, -2.2F}, .shines = true};
    const Ink metal{.colour = shown(0.72F, 0.74F, 0.78F), .shines = true};
    const float flame = 0.75F + 0.25F * wave(5.0F * actor.seconds) * wave(3.3F * actor.seconds + 0.2F);
    pen.ellipse({-0.95F - 0.25F * flame, 0.0F}, {0.45F * flame, 0.13F},
                {.colour = {0.35F, 0.75F, 1.8F}, .alpha = 0.8F, .soft = 0.25F, .shines = true});
    pen.ellipse({-0.85F, 0.0F}, {0.2F * flame, 0.07F}, {.colour = {1.4F, 1.6F, 1.9F}, .shines = true});
    pen.polygon({{-0.35F, -0.12F}, {-0.85F, -0.55F}, {-0.95F, -0.52F}, {-0.75F, -0.05F}}, metal);
    pen.polygon({{-0.35F, 0.12F}, {-0.75F, 0.05F}, {-0.95F, 0.52F}, {-0.85F, 0.55F}}, metal);
    pen.ellipse({0.0F, 0.0F}, {0.95F, 0.24F}, hull);
    pen.polygon({{-0.80F, -0.16F}, {-0.45F, -0.20F}, {-0.45F, 0.20F}, {-0.80F, 0.16F}}, metal);
    pen.ellipse({0.05F, 0.12F}, {0.8F, 0.10F},
                {.colour = actor.paint * 0.35F, .alpha = 0.8F, .soft = 0.06F, .shines = true});
    pen.ellipse({0.45F, -0.07F}, {0.17F, 0.09F}, {.colour = shown(0.45F, 0.85F, 0.98F), .shines = true});
    for (const float x : {-0.25F, -0.05F, 0.15F}) {
        pen.ellipse({x, -0.06F}, {0.05F, 0.05F}, {.colour = {1.3F, 1.1F, 0.6F}, .shines = true});
    }
}

} // namespace generation::world
