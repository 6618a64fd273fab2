#include "generation/training/world/Subjects.h"

#include "generation/training/world/Land.h"

#include <algorithm>

namespace generation::world {

namespace {

constexpr float kMiddle = 1.0F; // seconds: half of a two-second clip

/// Where a subject of the kind belongs: the range of y it may stand at in the middle of the clip, its size and speed.
struct Habitat {
    float top;
    float bottom;
    float smallest;
    float largest;
    float slow; ///< picture units a second
    float fast;
};

Habitat habitatOf(const Stage& stage) {
    const float horizon = least(stage.horizon, 0.3F);
    switch (stage.clip.subject) {
    case Subject::Balloon:
        return {horizon - 0.62F, horizon - 0.38F, 0.26F, 0.36F, 0.16F, 0.32F};
    case Subject::Birds:
        return {horizon - 0.75F, horizon - 0.45F, 0.095F, 0.13F, 0.3F, 0.55F};
    case Subject::Plane:
        return {horizon - 0.85F, horizon - 0.5F, 0.30F, 0.40F, 0.5F, 0.85F};
    case Subject::Kite:
        return {horizon - 0.62F, horizon - 0.4F, 0.20F, 0.27F, 0.18F, 0.4F};
    case Subject::Spaceship:
        return {-0.6F, 0.6F, 0.26F, 0.36F, 0.35F, 0.65F};
    case Subject::Sailboat:
        return {horizon + 0.06F, horizon + 0.28F, 0.27F, 0.40F, 0.14F, 0.3F};
    case Subject::Whale:
        return {horizon + 0.18F, horizon + 0.38F, 0.40F, 0.50F, 0.16F, 0.32F};
    case Subject::Train:
        return {0.52F, 0.66F, 0.52F, 0.64F, 0.4F, 0.75F};
    case Subject::Car:
        return {0.62F, 0.70F, 0.24F, 0.30F, 0.4F, 0.8F};
    case Subject::Deer:
        return {0.42F, 0.56F, 0.24F, 0.33F, 0.12F, 0.26F};
    case Subject::None:
        break;
    }
    return {};
}

float groundOf(const Stage& stage, float drawn) {
    if (stage.clip.subject == Subject::Car && stage.clip.scene != Scene::Desert) {
        const RoadPlace road = roadOf(stage);
        return road.top + 0.55F * (road.bottom - road.top);
    }
    return drawn;
}

void drawFlock(const Actor& actor, const LayerView& layer, const Placing& placing, Frame& frame) {
    for (int k = 0; k < 6; ++k) {
        const int rank = (k + 1) / 2;
        const float side = k % 2 == 0 ? 1.0F : -1.0F;
        const float lot = actor.stage.lot(130U + static_cast<std::uint32_t>(k), -0.5F, 0.5F);
        Placing own = placing;
        own.at.x -= placing.mirror * placing.size * (1.9F * static_cast<float>(rank) + 0.5F * lot);
        own.at.y += placing.size *
                    (side * 0.95F * static_cast<float>(rank) + 0.4F * lot + 0.2F * wave(0.5F * actor.seconds + lot));
        own.size *= 0.85F + 0.25F * (lot + 0.5F);
        Pen pen(frame, layer, actor.stage.light, own);
        drawBird(actor, lot + 0.21F * static_cast<float>(k), pen);
    }
}

void drawOne(const Actor& actor, Pen& pen) {
    switch (actor.stage.clip.subject) {
    case Subject::Balloon:
        return drawBalloon(actor, pen);
    case Subject::Plane:
        return drawPlane(actor, pen);
    case Subject::Kite:
        return drawKite(actor, pen);
    case Subject::Spaceship:
        return drawSpaceship(actor, pen);
    case Subject::Sailboat:
        return drawSailboat(actor, pen);
    case Subject::Whale:
        return drawWhale(actor, pen);
    case Subject::Train:
        return drawTrain(actor, pen);
    case Subject::Car:
        return drawCar(actor, pen);
    case Subject::Deer:
        return drawDeer(actor, pen);
    case Subject::Birds:
    case Subject::None:
        return;
    }
}

} // namespace

bool isInTheAir(Subject subject) {
    return subject == Subject::Balloon || subject == Subject::Birds || subject == Subject::Plane ||
           subject == Subject::Kite || subject == Subject::Spaceship;
}

float depthOf(Subject subject) {
    return isInTheAir(subject) ? 0.5F : 0.8F;
}

Placing placeSubject(const Stage& stage, const Moment& moment) {
    const Habitat home = habitatOf(stage);
    const float t = moment.seconds;
    const float mirror = stage.mirror();
    Placing placing;
    placing.mirror = mirror;
    placing.size = stage.lot(140, home.smallest, home.largest);
    const float reach = moment.view.aspect() + 2.2F * placing.size;
    const float start = stage.lot(141, -0.55F, 0.55F) * moment.view.aspect();
    const float speed = stage.lot(142, home.slow, home.fast);
    const float x = start + mirror * speed * (t - kMiddle);
    placing.at.x = x - 2.0F * reach * floorOf((x + reach) / (2.0F * reach));
    placing.at.y = groundOf(stage, stage.lot(143, home.top, home.bottom));
    switch (stage.clip.subject) {
    case Subject::Balloon:
        placing.at.y += 0.03F * wave(0.21F * t + stage.lot(144, 0.0F, 1.0F));
        break;
    case Subject::Kite:
        placing.at.y += 0.05F * wave(0.43F * t);
        placing.turn = 0.06F + 0.03F * wave(0.61F * t);
        break;
    case Subject::Plane:
        placing.turn = -0.015F;
        break;
    case Subject::Sailboat:
        placing.at.y += 0.012F * wave(0.45F * t);
        placing.turn = 0.012F * wave(0.37F * t);
        placing.floor = placing.at.y + 0.31F * placing.size;
        break;
    case Subject::Whale:
        placing.at.y += 0.07F * wave(0.27F * t);
        placing.turn = -0.03F * wave(0.27F * t + 0.25F);
        placing.floor = stage.lot(143, home.top, home.bottom) + 0.22F * placing.size;
        break;
    default:
        break;
    }
    return placing;
}

void drawSubject(const Stage& stage, const Moment& moment, Frame& frame) {
    if (stage.clip.subject == Subject::None) {
        return;
    }
    const LayerView layer = moment.view.layer(depthOf(stage.clip.subject));
    const Placing placing = placeSubject(stage, moment);
    // At night the eye follows what moves: a subject is a little brighter than its surroundings.
    Stage lit = stage;
    lit.light.ambient = stage.light.ambient * (stage.light.night ? 2.6F : 1.15F);
    const Actor actor{lit, moment.seconds, paintOf(stage.clip.colour)};
    if (stage.clip.subject == Subject::Birds) {
        drawFlock(actor, layer, placing, frame);
        return;
    }
    if (stage.clip.subject == Subject::Sailboat) {
        Placing image = placing;
        image.at.y = 2.0F * placing.floor - placing.at.y;
        image.flip = -1.0F;
        image.turn = -placing.turn;
        image.alpha = 0.3F;
        image.floor = 9.0F;
        Pen pen(frame, layer, lit.light, image);
        drawOne(actor, pen);
    }
    Pen pen(frame, layer, lit.light, placing);
    drawOne(actor, pen);
}

} // namespace generation::world
