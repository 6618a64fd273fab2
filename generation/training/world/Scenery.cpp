#include "generation/training/world/Scenery.h"

#include "generation/training/world/City.h"
#include "generation/training/world/Land.h"
#include "generation/training/world/Planet.h"
#include "generation/training/world/Ridge.h"
#include "generation/training/world/Sky.h"
#include "generation/training/world/Subjects.h"
#include "generation/training/world/Trees.h"
#include "generation/training/world/Water.h"
#include "generation/training/world/Weather.h"

namespace generation::world {

namespace {

using Form = Ridge::Form;

constexpr Rgb kRock = shown(0.55F, 0.50F, 0.48F);
constexpr Rgb kForestFoot = shown(0.22F, 0.36F, 0.22F);
constexpr HillLook kGrass{shown(0.20F, 0.42F, 0.12F), shown(0.62F, 0.78F, 0.28F), 0.0F, 0.10F};

/// What one drawing needs, so that a scene is a list of layers.
struct Set {
    const Stage& stage;
    const Moment& moment;
    Frame& frame;
    Scratch& scratch;
};

/// Draws the subject between two layers, behind it everything out of focus where the clip wants that.
void actor(const Set& set) {
    if (set.stage.clip.shallow) {
        defocus(set.frame, set.scratch);
    }
    drawSubject(set.stage, set.moment, set.frame);
}

void farMountains(const Set& set, float base, float height, float haze) {
    const float snow = set.stage.snowy() ? 0.25F : set.stage.lot(200, 0.45F, 0.65F);
    const MountainLook look{kRock, kForestFoot, snow, 0.22F};
    const Ridge back{.form = Form::Peaks,
                     .base = base,
                     .height = height,
                     .frequency = 1.1F,
                     .depth = 0.12F,
                     .haze = haze + 0.22F,
                     .until = base + 0.05F,
                     .seed = set.stage.seedOf(201)};
    const Ridge front{.form = Form::Peaks,
                      .base = base,
                      .height = 0.68F * height,
                      .frequency = 1.5F,
                      .depth = 0.25F,
                      .haze = haze,
                      .until = base + 0.05F,
                      .seed = set.stage.seedOf(202)};
    drawMountains(set.stage, set.moment, back, look, set.frame);
    drawMountains(set.stage, set.moment, front, look, set.frame);
}

void hills(const Set& set, const Ridge& ridge, HillLook look) {
    drawHills(set.stage, set.moment, ridge, look, set.frame);
}

void drawOcean(const Set& set) {
    const Rgb deep = mix(shown(0.05F, 0.30F, 0.42F), shown(0.06F, 0.20F, 0.42F), set.stage.lot(203, 0.0F, 1.0F));
    drawSea(set.stage, set.moment, {set.stage.horizon, deep, set.stage.lot(204, 0.6F, 1.3F), 0.7F}, set.frame);
    actor(set);
}

void drawAlps(const Set& set) {
    const float foot = set.stage.horizon + 0.35F;
    const float snow = set.stage.snowy() ? 0.15F : set.stage.lot(200, 0.35F, 0.58F);
    const float height = set.stage.lot(205, 1.0F, 1.25F);
    const MountainLook look{kRock, kForestFoot, snow, 0.16F};
    const Ridge back{.form = Form::Peaks,
                     .base = foot,
                     .height = height,
                     .frequency = 0.9F,
                     .depth = 0.10F,
                     .haze = 0.42F,
                     .until = foot + 0.02F,
                     .seed = set.stage.seedOf(206)};
    const Ridge middle{.form = Form::Peaks,
                       .base = foot + 0.12F,
                       .height = 0.78F * height,
                       .frequency = 1.2F,
                       .depth = 0.3F,
                       .haze = 0.20F,
                       .until = foot + 0.45F,
                       .seed = set.stage.seedOf(207)};
    const Ridge front{.form = Form::Peaks,
                      .base = foot + 0.5F,
                      .height = 0.68F * height,
                      .frequency = 1.4F,
                      .depth = 0.65F,
                      .haze = 0.04F,
                      .seed = set.stage.seedOf(208)};
    drawMountains(set.stage, set.moment, back, look, set.frame);
    drawMountains(set.stage, set.moment, middle, look, set.frame);
    const bool ground = set.stage.clip.subject == Subject::Deer || set.stage.clip.subject == Subject::Train;
    if (!ground) {
        actor(set);
    }
    drawMountains(set.stage, set.moment, front, {kRock, kForestFoot, snow + 0.15F, 0.5F}, set.frame);
    const Ridge meadow{.base = 0.72F, .height = 0.22F, .frequency = 0.7F, .depth = 0.8F, .seed = set.stage.seedOf(209)};
    hills(set, meadow, kGrass);
    if (ground) {
        actor(set);
    }
}

void drawDesert(const Set& set) {
    const float foot = set.stage.horizon;
    const float tint = set.stage.lot(210, 0.0F, 1.0F);
    const Rgb sand = mix(shown(0.93F, 0.74F, 0.46F), shown(0.85F, 0.55F, 0.34F), tint);
    const Ridge mesa{.form = Form::Blocks,
                     .base = foot + 0.08F,
                     .height = 0.34F,
                     .frequency = 1.0F,
                     .depth = 0.12F,
                     .haze = 0.42F,
                     .until = foot + 0.1F,
                     .seed = set.stage.seedOf(211)};
    drawBlocks(set.stage, set.moment, mesa, {sand * 0.28F, sand * 0.62F, 0.0F, 0.0F}, set.frame);
    const Ridge back{.form = Form::Dunes,
                     .base = foot + 0.22F,
                     .height = 0.34F,
                     .frequency = 1.0F,
                     .depth = 0.3F,
                     .haze = 0.22F,
                     .until = foot + 0.5F,
                     .seed = set.stage.seedOf(212)};
    const Ridge front{.form = Form::Dunes,
                      .base = foot + 0.52F,
                      .height = 0.36F,
                      .frequency = 0.7F,
                      .depth = 0.75F,
                      .haze = 0.03F,
                      .seed = set.stage.seedOf(213)};
    drawDunes(set.stage, set.moment, back, sand, set.frame);
    const bool ground = !isInTheAir(set.stage.clip.subject);
    if (!ground) {
        actor(set);
    }
    drawDunes(set.stage, set.moment, front, sand, set.frame);
    if (ground) {
        actor(set);
    }
}

void drawForest(const Set& set) {
    const float foot = set.stage.horizon + 0.1F;
    const Ridge hill{.form = Form::Peaks,
                     .base = foot,
                     .height = 0.5F,
                     .frequency = 0.8F,
                     .depth = 0.1F,
                     .haze = 0.6F,
                     .until = foot + 0.1F,
                     .seed = set.stage.seedOf(220)};
    drawMountains(set.stage, set.moment, hill, {kForestFoot, kForestFoot, set.stage.snowy() ? 0.3F : 9.0F, 0.3F},
                  set.frame);
    const float air = set.stage.clip.weather == Weather::Clear ? 0.0F : 0.12F;
    drawTrees(set.stage, set.moment, {foot + 0.06F, 0.62F, 6.5F, 0.25F, 0.52F + air, set.stage.seedOf(221)}, set.frame);
    const bool ground = set.stage.clip.subject == Subject::Deer;
    if (!ground) {
        actor(set);
    }
    drawTrees(set.stage, set.moment, {foot + 0.30F, 0.90F, 4.2F, 0.5F, 0.22F + air, set.stage.seedOf(222)}, set.frame);
    if (ground) {
        const Ridge glade{
            .base = 0.80F, .height = 0.2F, .frequency = 0.8F, .depth = 0.8F, .seed = set.stage.seedOf(223)};
        hills(set, glade, {shown(0.14F, 0.28F, 0.10F), shown(0.42F, 0.56F, 0.22F), 0.02F, 0.06F});
        actor(set);
        return;
    }
    drawTrees(set.stage, set.moment, {foot + 0.72F, 1.15F, 2.2F, 1.0F, 0.02F, set.stage.seedOf(224)}, set.frame);
}

void drawLake(const Set& set) {
    const float shore = set.stage.horizon;
    farMountains(set, shore + 0.03F, set.stage.lot(230, 0.65F, 0.85F), 0.14F);
    const Ridge bank{.base = shore + 0.02F,
                     .height = 0.16F,
                     .frequency = 1.6F,
                     .depth = 0.35F,
                     .haze = 0.08F,
                     .until = shore + 0.02F,
                     .seed = set.stage.seedOf(231)};
    hills(set, bank, {shown(0.12F, 0.26F, 0.13F), shown(0.28F, 0.46F, 0.20F), 0.0F, 0.03F});
    const bool air = isInTheAir(set.stage.clip.subject);
    if (air) {
        actor(set);
    }
    drawMirror(set.stage, set.moment, {shore, shown(0.06F, 0.20F, 0.28F), set.stage.lot(232, 0.6F, 1.5F)}, set.frame);
    if (!air) {
        actor(set);
    }
}

void drawMeadow(const Set& set) {
    const float foot = set.stage.horizon;
    const float flowers = set.stage.snowy() ? 0.0F : 0.45F;
    const Ridge back{.base = foot + 0.12F,
                     .height = 0.36F,
                     .frequency = 0.9F,
                     .depth = 0.2F,
                     .haze = 0.34F,
                     .until = foot + 0.35F,
                     .seed = set.stage.seedOf(240)};
    const Ridge middle{.base = foot + 0.32F,
                       .height = 0.30F,
                       .frequency = 0.8F,
                       .depth = 0.5F,
                       .haze = 0.12F,
                       .until = foot + 0.6F,
                       .seed = set.stage.seedOf(241)};
    const Ridge front{
        .base = foot + 0.58F, .height = 0.28F, .frequency = 0.6F, .depth = 0.9F, .seed = set.stage.seedOf(242)};
    hills(set, back, {kGrass.low, kGrass.high, 0.0F, 0.06F});
    hills(set, middle, {kGrass.low, kGrass.high, 0.35F * flowers, 0.09F});
    const bool air = isInTheAir(set.stage.clip.subject);
    if (air) {
        actor(set);
    }
    hills(set, front, {kGrass.low, kGrass.high, flowers, 0.12F});
    if (!air) {
        actor(set);
    }
}

void drawVolcanoScene(const Set& set) {
    const float foot = set.stage.horizon + 0.22F;
    drawVolcano(set.stage, set.moment, foot, set.frame);
    const Ridge back{.base = foot + 0.05F,
                     .height = 0.20F,
                     .frequency = 1.4F,
                     .depth = 0.5F,
                     .haze = 0.10F,
                     .until = foot + 0.35F,
                     .seed = set.stage.seedOf(250)};
    const Ridge front{
        .base = foot + 0.36F, .height = 0.24F, .frequency = 0.9F, .depth = 0.9F, .seed = set.stage.seedOf(251)};
    const HillLook ash{shown(0.13F, 0.11F, 0.10F), shown(0.34F, 0.29F, 0.26F), 0.0F, 0.0F};
    hills(set, back, ash);
    actor(set);
    hills(set, front, ash);
}

void drawCoast(const Set& set) {
    const Rgb deep = shown(0.04F, 0.36F, 0.45F);
    drawSea(set.stage, set.moment, {set.stage.horizon, deep, set.stage.lot(260, 0.5F, 1.0F), 0.5F}, set.frame);
    drawHeadland(set.stage, set.moment, set.frame);
    actor(set);
    drawBeach(set.stage, set.moment, set.frame);
}

void drawRoadScene(const Set& set) {
    const float foot = set.stage.horizon;
    farMountains(set, foot + 0.1F, set.stage.lot(270, 0.4F, 0.6F), 0.30F);
    const Ridge middle{.base = foot + 0.22F,
                       .height = 0.26F,
                       .frequency = 0.9F,
                       .depth = 0.45F,
                       .haze = 0.14F,
                       .until = 0.6F,
                       .seed = set.stage.seedOf(271)};
    hills(set, middle, {kGrass.low, kGrass.high, 0.0F, 0.05F});
    const bool air = isInTheAir(set.stage.clip.subject);
    if (air) {
        actor(set);
    }
    const Ridge verge{.base = 0.50F, .height = 0.10F, .frequency = 0.8F, .depth = 0.8F, .seed = set.stage.seedOf(272)};
    hills(set, verge, {kGrass.low * 0.9F, kGrass.high, 0.08F, 0.08F});
    drawRoad(set.stage, set.moment, set.frame);
    if (!air) {
        actor(set);
    }
}

void drawRiverScene(const Set& set) {
    farMountains(set, set.stage.horizon + 0.02F, set.stage.lot(280, 0.5F, 0.7F), 0.22F);
    drawTrees(set.stage, set.moment, {set.stage.horizon + 0.02F, 0.20F, 9.0F, 0.35F, 0.22F, set.stage.seedOf(281)},
              set.frame);
    const bool air = isInTheAir(set.stage.clip.subject);
    if (air) {
        actor(set);
    }
    drawRiver(set.stage, set.moment, set.frame);
    if (!air) {
        actor(set);
    }
}

void drawArctic(const Set& set) {
    const float horizon = set.stage.horizon;
    const MountainLook look{kRock * 0.8F, kRock, 0.12F, -1.0F};
    const Ridge coast{.form = Form::Peaks,
                      .base = horizon + 0.02F,
                      .height = 0.42F,
                      .frequency = 1.0F,
                      .depth = 0.12F,
                      .haze = 0.35F,
                      .until = horizon + 0.03F,
                      .seed = set.stage.seedOf(290)};
    drawMountains(set.stage, set.moment, coast, look, set.frame);
    const HillLook ice{shown(0.38F, 0.62F, 0.78F), shown(0.95F, 0.98F, 1.0F), 0.0F, 0.0F};
    const Ridge bergs{.form = Form::Blocks,
                      .base = horizon + 0.03F,
                      .height = 0.55F,
                      .frequency = 1.3F,
                      .depth = 0.35F,
                      .haze = 0.08F,
                      .until = horizon + 0.03F,
                      .seed = set.stage.seedOf(291)};
    drawBlocks(set.stage, set.moment, bergs, ice, set.frame);
    const bool air = isInTheAir(set.stage.clip.subject);
    if (air) {
        actor(set);
    }
    drawMirror(set.stage, set.moment, {horizon + 0.03F, shown(0.07F, 0.24F, 0.33F), 1.2F}, set.frame);
    // Floes: low blocks that stand in the water further down.
    for (std::uint32_t k = 0; k < 2; ++k) {
        const float y = horizon + 0.22F + 0.30F * static_cast<float>(k);
        const Ridge floe{.form = Form::Blocks,
                         .base = y,
                         .height = 0.10F + 0.06F * static_cast<float>(k),
                         .frequency = 1.1F - 0.35F * static_cast<float>(k),
                         .depth = 0.55F + 0.3F * static_cast<float>(k),
                         .until = y,
                         .seed = set.stage.seedOf(292U + k)};
        drawBlocks(set.stage, set.moment, floe, ice, set.frame);
        if (k == 0 && !air) {
            actor(set);
        }
    }
}

} // namespace

void drawScene(const Stage& stage, const Moment& moment, Frame& frame, Scratch& scratch) {
    const Set set{stage, moment, frame, scratch};
    if (stage.clip.scene == Scene::Space) {
        drawSpace(stage, moment, frame);
        actor(set);
        return;
    }
    drawSky(stage, moment, frame);
    switch (stage.clip.scene) {
    case Scene::Ocean:
        drawOcean(set);
        break;
    case Scene::Mountains:
        drawAlps(set);
        break;
    case Scene::City:
        drawCity(stage, moment, frame);
        if (stage.clip.subject == Subject::Car) {
            drawRoad(stage, moment, frame);
        }
        actor(set);
        break;
    case Scene::Desert:
        drawDesert(set);
        break;
    case Scene::Forest:
        drawForest(set);
        break;
    case Scene::Lake:
        drawLake(set);
        break;
    case Scene::Meadow:
        drawMeadow(set);
        break;
    case Scene::Volcano:
        drawVolcanoScene(set);
        break;
    case Scene::Coast:
        drawCoast(set);
        break;
    case Scene::Road:
        drawRoadScene(set);
        break;
    case Scene::River:
        drawRiverScene(set);
        break;
    case Scene::Arctic:
        drawArctic(set);
        break;
    case Scene::Space:
        break;
    }
    drawWeather(stage, moment, frame);
}

} // namespace generation::world
