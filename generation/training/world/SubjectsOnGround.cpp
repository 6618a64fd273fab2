#include "generation/training/world/Subjects.h"

namespace generation::world {

namespace {

constexpr Rgb kCream = shown(0.95F, 0.92F, 0.84F);
constexpr Rgb kDark = shown(0.13F, 0.13F, 0.14F);
constexpr Rgb kGlass = shown(0.42F, 0.56F, 0.66F);

Ink pane(const Actor& actor) {
    if (actor.stage.light.lamps > 0.2F) {
        return {.colour = {1.1F, 0.82F, 0.4F}, .shines = true};
    }
    return {kGlass, 0.8F};
}

void drawWheel(Point at, float radius, Pen& pen) {
    pen.ellipse(at, {radius, radius}, {kDark, 0.4F});
    pen.ellipse(at, {0.45F * radius, 0.45F * radius}, {shown(0.6F, 0.6F, 0.62F), 0.6F});
}

void drawWagon(const Actor& actor, float x, Pen& pen) {
    const Ink body{actor.paint, 0.6F, {0.0F, -1.0F}};
    pen.line({x - 0.34F, 0.0F}, {x + 0.75F, 0.0F}, 0.05F, {kDark, 0.4F});
    pen.polygon({{x - 0.30F, -0.36F}, {x + 0.30F, -0.36F}, {x + 0.30F, 0.0F}, {x - 0.30F, 0.0F}}, body);
    pen.polygon({{x - 0.32F, -0.41F}, {x + 0.32F, -0.41F}, {x + 0.32F, -0.35F}, {x - 0.32F, -0.35F}}, {kDark, 0.7F});
    pen.line({x - 0.29F, -0.06F}, {x + 0.29F, -0.06F}, 0.04F, {mix(actor.paint, kCream, 0.7F), 0.6F});
    for (int k = 0; k < 4; ++k) {
        const float left = x - 0.255F + 0.135F * static_cast<float>(k);
        pen.polygon({{left, -0.29F}, {left + 0.10F, -0.29F}, {left + 0.10F, -0.15F}, {left, -0.15F}}, pane(actor));
    }
    drawWheel({x - 0.19F, 0.02F}, 0.065F, pen);
    drawWheel({x + 0.19F, 0.02F}, 0.065F, pen);
}

void drawSteam(const Actor& actor, Pen& pen) {
    for (int k = 0; k < 7; ++k) {
        const float age = fraction(0.55F * actor.seconds + 0.143F * static_cast<float>(k));
        const float size = 0.07F + 0.20F * age;
        pen.ellipse(
            {0.98F - 1.1F * age, -0.56F - 0.38F * age}, {size, 0.8F * size},
            {.colour = shown(0.88F, 0.88F, 0.9F), .facing = 0.6F, .alpha = 0.55F * (1.0F - age), .soft = 0.08F});
    }
}

} // namespace

void drawTrain(const Actor& actor, Pen& pen) {
    // The track: sleepers under a rail, as wide as any picture.
    pen.polygon({{-9.0F, 0.08F}, {9.0F, 0.08F}, {9.0F, 0.17F}, {-9.0F, 0.17F}}, {shown(0.42F, 0.38F, 0.34F), 0.5F});
    pen.line({-9.0F, 0.085F}, {9.0F, 0.085F}, 0.03F, {shown(0.55F, 0.55F, 0.58F), 0.8F});
    drawSteam(actor, pen);
    for (int k = 0; k < 3; ++k) {
        drawWagon(actor, -1.45F + 0.72F * static_cast<float>(k), pen);
    }
    const Ink body{actor.paint, 0.6F, {0.0F, -1.0F}};
    const Ink dark{mix(kDark, actor.paint, 0.12F), 0.6F, {0.0F, -1.0F}};
    pen.polygon({{0.38F, -0.48F}, {0.66F, -0.48F}, {0.66F, 0.0F}, {0.38F, 0.0F}}, body);
    pen.polygon({{0.34F, -0.53F}, {0.70F, -0.53F}, {0.70F, -0.47F}, {0.34F, -0.47F}}, dark);
    pen.polygon({{0.44F, -0.41F}, {0.60F, -0.41F}, {0.60F, -0.25F}, {0.44F, -0.25F}}, pane(actor));
    pen.polygon({{0.64F, -0.30F}, {1.10F, -0.30F}, {1.10F, 0.0F}, {0.64F, 0.0F}}, body);
    pen.ellipse({1.10F, -0.15F}, {0.05F, 0.15F}, dark);
    pen.polygon({{0.93F, -0.52F}, {1.03F, -0.52F}, {1.01F, -0.29F}, {0.95F, -0.29F}}, dark);
    pen.ellipse({0.80F, -0.31F}, {0.06F, 0.05F}, dark);
    pen.polygon({{1.08F, 0.0F}, {1.22F, 0.08F}, {1.08F, 0.08F}}, dark);
    pen.line({0.40F, -0.01F}, {1.10F, -0.01F}, 0.06F, {kDark, 0.4F});
    for (const float x : {0.52F, 0.72F, 0.92F}) {
        drawWheel({x, 0.0F}, 0.085F, pen);
    }
    if (actor.stage.light.lamps > 0.2F) {
        pen.ellipse({1.15F, -0.2F}, {0.05F, 0.05F},
                    {.colour = {1.7F, 1.5F, 0.9F}, .alpha = 0.9F, .soft = 0.25F, .shines = true});
    }
}

void drawCar(const Actor& actor, Pen& pen) {
    const Ink body{actor.paint, 0.62F, {0.0F, -1.3F}};
    pen.ellipse({0.0F, 0.20F}, {0.98F, 0.06F}, {.colour = {0.01F, 0.01F, 0.012F}, .alpha = 0.55F, .soft = 0.06F});
    pen.polygon({{-0.52F, -0.16F}, {-0.34F, -0.44F}, {0.20F, -0.44F}, {0.48F, -0.14F}}, body);
    pen.polygon({{-0.42F, -0.17F}, {-0.29F, -0.38F}, {-0.08F, -0.38F}, {-0.08F, -0.17F}}, pane(actor));
    pen.polygon({{-0.02F, -0.17F}, {-0.02F, -0.38F}, {0.16F, -0.38F}, {0.37F, -0.17F}}, pane(actor));
    pen.polygon({{-0.92F, -0.14F}, {-0.50F, -0.19F}, {0.50F, -0.17F}, {0.88F, -0.08F}, {0.95F, 0.10F}, {-0.95F, 0.10F}},
                body);
    pen.line({-0.9F, 0.09F}, {0.9F, 0.09F}, 0.05F, {kDark, 0.5F});
    drawWheel({-0.55F, 0.11F}, 0.18F, pen);
    drawWheel({0.55F, 0.11F}, 0.18F, pen);
    const bool lit = actor.stage.light.lamps > 0.2F;
    pen.ellipse({0.89F, -0.02F}, {0.05F, 0.05F},
                {.colour = lit ? Rgb{1.7F, 1.5F, 1.0F} : kCream, .soft = lit ? 0.10F : 0.0F, .shines = lit});
    pen.ellipse({-0.92F, -0.04F}, {0.04F, 0.05F},
                {.colour = lit ? Rgb{1.4F, 0.1F, 0.06F} : shown(0.6F, 0.08F, 0.06F), .shines = lit});
    if (lit) {
        pen.polygon({{0.9F, -0.02F}, {2.1F, -0.12F}, {2.1F, 0.24F}, {0.9F, 0.04F}},
                    {.colour = {1.0F, 0.9F, 0.55F}, .alpha = 0.20F, .soft = 0.10F, .shines = true});
    }
}

void drawDeer(const Actor& actor, Pen& pen) {
    const float side = actor.stage.light.side * pen.placing().mirror;
    const Ink coat{shown(0.55F, 0.36F, 0.20F), 0.6F, {0.25F * side, -0.7F}};
    const Ink legs{shown(0.42F, 0.27F, 0.15F), 0.5F};
    const Ink far{shown(0.33F, 0.21F, 0.12F), 0.4F};
    const float step = 1.1F * actor.seconds;
    const auto leg = [&](float x, float phase, const Ink& ink) {
        const float swing = 0.15F * wave(step + phase);
        const float lift = 0.07F * most(0.0F, wave(step + phase + 0.25F));
        const Point knee{x + swing, 0.38F};
        pen.line({x, 0.08F}, knee, 0.10F, ink);
        pen.line(knee, {x + 1.6F * swing, 0.80F - lift}, 0.065F, ink);
    };
    leg(-0.42F, 0.5F, far);
    leg(0.36F, 0.75F, far);
    pen.polygon({{0.30F, -0.16F}, {0.54F, -0.66F}, {0.70F, -0.56F}, {0.52F, 0.05F}}, coat);
    pen.ellipse({0.0F, -0.02F}, {0.56F, 0.23F}, coat);
    pen.ellipse({0.68F, -0.66F}, {0.17F, 0.09F}, coat);
    pen.line({0.76F, -0.65F}, {0.88F, -0.60F}, 0.09F, coat);
    pen.ellipse({-0.57F, -0.08F}, {0.07F, 0.05F}, {kCream, 0.8F});
    pen.ellipse({0.53F, -0.74F}, {0.09F, 0.035F}, coat);
    const Ink antler{shown(0.62F, 0.50F, 0.36F), 0.6F};
    pen.line({0.60F, -0.72F}, {0.46F, -1.00F}, 0.045F, antler);
    pen.line({0.46F, -1.00F}, {0.56F, -1.22F}, 0.04F, antler);
    pen.line({0.52F, -0.88F}, {0.70F, -1.04F}, 0.04F, antler);
    pen.line({0.46F, -1.00F}, {0.32F, -1.14F}, 0.04F, antler);
    pen.line({0.64F, -0.72F}, {0.78F, -0.96F}, 0.045F, antler);
    pen.line({0.78F, -0.96F}, {0.74F, -1.16F}, 0.04F, antler);
    leg(-0.34F, 0.0F, legs);
    leg(0.42F, 0.25F, legs);
}

void drawSailboat(const Actor& actor, Pen& pen) {
    const Ink hull{actor.paint, 0.6F, {0.0F, -1.2F}};
    const Ink sail{kCream, 0.72F, {-0.5F, 0.0F}};
    const Ink jib{mix(actor.paint, kCream, 0.25F), 0.7F, {0.4F, 0.0F}};
    pen.polygon({{0.03F, -1.30F}, {0.03F, -0.02F}, {-0.66F, -0.06F}, {-0.50F, -0.40F}}, sail);
    pen.polygon({{-0.02F, -0.62F}, {-0.02F, -0.42F}, {-0.54F, -0.32F}, {-0.49F, -0.43F}}, {actor.paint, 0.7F});
    pen.polygon({{0.09F, -1.12F}, {0.72F, -0.02F}, {0.09F, -0.06F}}, jib);
    pen.line({0.05F, -1.36F}, {0.05F, 0.1F}, 0.045F, {shown(0.30F, 0.20F, 0.12F), 0.6F});
    pen.polygon({{-0.80F, 0.04F}, {0.88F, 0.0F}, {0.60F, 0.30F}, {-0.62F, 0.30F}}, hull);
    pen.polygon({{-0.76F, 0.10F}, {0.80F, 0.08F}, {0.77F, 0.13F}, {-0.74F, 0.15F}}, {kCream, 0.6F});
    pen.polygon({{-0.42F, -0.08F}, {0.0F, -0.08F}, {0.08F, 0.05F}, {-0.46F, 0.06F}},
                {mix(actor.paint, kCream, 0.75F), 0.6F});
    // Foam at the bow and a wake.
    const Ink foam{.colour = shown(0.9F, 0.93F, 0.95F), .facing = 0.6F, .alpha = 0.7F, .soft = 0.05F};
    pen.ellipse({0.62F, 0.31F}, {0.22F, 0.035F}, foam);
    pen.ellipse({-0.85F, 0.32F}, {0.5F, 0.02F}, {.colour = foam.colour, .alpha = 0.45F, .soft = 0.05F});
}

void drawWhale(const Actor& actor, Pen& pen) {
    const Ink skin{shown(0.20F, 0.27F, 0.36F), 0.55F, {0.0F, -1.1F}};
    const Ink belly{shown(0.70F, 0.74F, 0.78F), 0.5F};
    pen.polygon({{-0.92F, -0.10F}, {-0.62F, -0.02F}, {-0.40F, 0.16F}, {-0.72F, 0.30F}}, skin);
    pen.polygon({{-0.85F, -0.06F}, {-1.28F, -0.42F}, {-0.98F, -0.36F}, {-0.80F, -0.16F}}, skin);
    pen.polygon({{-0.88F, -0.08F}, {-0.78F, -0.18F}, {-0.62F, -0.46F}, {-0.72F, -0.14F}}, skin);
    pen.ellipse({0.12F, 0.14F}, {0.92F, 0.36F}, skin);
    pen.ellipse({0.32F, 0.36F}, {0.68F, 0.17F}, belly);
    pen.polygon({{-0.28F, -0.15F}, {-0.42F, -0.34F}, {-0.08F, -0.20F}}, skin);
    pen.ellipse({0.70F, 0.12F}, {0.04F, 0.04F}, {kDark, 0.3F});
    pen.polygon({{0.18F, 0.30F}, {0.42F, 0.30F}, {0.10F, 0.62F}}, {skin.colour, 0.4F});
    const float puff = fraction(0.4F * actor.seconds + actor.stage.lot(121, 0.0F, 1.0F));
    const float strength = ramp(0.0F, 0.15F, puff) * ramp(1.0F, 0.5F, puff);
    const Ink spray{.colour = shown(0.93F, 0.96F, 0.98F), .facing = 0.8F, .alpha = 0.75F * strength, .soft = 0.06F};
    const float high = 0.35F + 0.3F * puff;
    pen.line({0.46F, -0.20F}, {0.44F, -0.20F - high}, 0.07F, spray);
    pen.ellipse({0.30F, -0.26F - high}, {0.18F, 0.09F}, spray);
    pen.ellipse({0.58F, -0.26F - high}, {0.18F, 0.09F}, spray);
}

} // namespace generation::world
