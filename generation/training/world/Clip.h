#pragma once

#include "generation/training/world/Attributes.h"

#include <cstdint>
#include <vector>

namespace generation::world {

/// What a clip of the film set shows; with a Format it says every pixel. The seed places what is not named here (shapes
/// of ridges, where the sun stands). The same clip with another style is the same scene restyled.
struct Clip {
    std::uint64_t seed = 0;
    Scene scene = Scene::Ocean;
    TimeOfDay time = TimeOfDay::Day;
    Weather weather = Weather::Clear;
    Subject subject = Subject::None;
    Colour colour = Colour::Red; ///< of the subject
    Direction direction = Direction::Right;
    Camera camera = Camera::Static;
    Style style = Style::Natural;
    Colour planet = Colour::Orange; ///< of the planet, in space
    bool ring = false;              ///< around the planet
    bool clouds = false;
    bool aurora = false;
    bool sunbeams = false;
    bool lensFlare = false;
    bool wetLens = false; ///< raindrops on the lens
    bool shallow = false; ///< the background is out of focus

    bool operator==(const Clip&) const = default;
};

/// A clip drawn by lot. The values are spread so that every one is seen often and none that cannot be together meet.
Clip castClip(std::uint64_t seed);

/// Changes what cannot be together with the scene, the time and the weather, which stay where they can: no sailboat in
/// the desert, no rain in space. castClip's clips are settled already.
void settle(Clip& clip);

/// Subjects that are seen in a scene, None first.
const std::vector<Subject>& subjectsOf(Scene scene);
const std::vector<Weather>& weathersOf(Scene scene);

/// Birds, deer and whales have the colours nature gave them.
bool isPainted(Subject subject);

} // namespace generation::world
