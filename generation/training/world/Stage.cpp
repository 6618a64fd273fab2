#include "generation/training/world/Stage.h"

namespace generation::world {

namespace {

float horizonOf(const Clip& clip) {
    Dice dice(clip.seed, 3);
    switch (clip.scene) {
    case Scene::Ocean:
        return dice.between(-0.05F, 0.25F);
    case Scene::Lake:
    case Scene::River:
        return dice.between(0.02F, 0.2F);
    case Scene::Coast:
        return dice.between(-0.12F, 0.1F);
    case Scene::Arctic:
        return dice.between(0.05F, 0.22F);
    case Scene::Space:
        return 3.0F; // below every picture
    default:
        return dice.between(0.15F, 0.35F);
    }
}

} // namespace

Stage stageOf(const Clip& clip) {
    const float horizon = horizonOf(clip);
    return {clip, horizon, lightOf(clip, horizon)};
}

} // namespace generation::world
