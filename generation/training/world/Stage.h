#pragma once

#include "generation/training/world/Clip.h"
#include "generation/training/world/Dice.h"
#include "generation/training/world/Light.h"
#include "generation/training/world/View.h"

#include <cstdint>

namespace generation::world {

/// What stays the same over a clip: the clip, its light, where the horizon is.
struct Stage {
    Clip clip;
    float horizon; ///< y of the skyline of the sky's layer
    Light light;

    /// A noise seed for one thing of the scene; the numbers tell things apart.
    std::uint32_t seedOf(std::uint32_t thing) const {
        return static_cast<std::uint32_t>(mixed(clip.seed ^ mixed(1000U + thing)));
    }
    /// A random number of one thing of the scene.
    float lot(std::uint32_t thing, float low, float high) const {
        return low + (high - low) * Dice(clip.seed, 2000U + thing).unit();
    }
    bool snowy() const { return clip.weather == Weather::Snow || clip.scene == Scene::Arctic; }
    float mirror() const { return clip.direction == Direction::Left ? -1.0F : 1.0F; }
};

Stage stageOf(const Clip& clip);

/// What changes from frame to frame.
struct Moment {
    float seconds;
    View view;
};

} // namespace generation::world
