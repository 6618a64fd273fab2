#include "generation/training/world/Clip.h"

#include "generation/training/world/Dice.h"

#include <algorithm>
#include <array>

namespace generation::world {

namespace {

/// An index by weights.
template <std::size_t N>
int weighted(Dice& dice, const std::array<float, N>& weights) {
    float total = 0.0F;
    for (const float weight : weights) {
        total += weight;
    }
    float left = dice.unit() * total;
    for (std::size_t i = 0; i + 1 < N; ++i) {
        left -= weights[i];
        if (left < 0.0F) {
            return static_cast<int>(i);
        }
    }
    return static_cast<int>(N) - 1;
}

template <class E>
E any(Dice& dice) {
    return static_cast<E>(dice.below(kCountOf<E>));
}

template <class E>
bool has(const std::vector<E>& list, E value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

constexpr std::array<float, 4> kWeatherWeights{0.60F, 0.13F, 0.13F, 0.14F};
constexpr std::array<float, 8> kCameraWeights{0.26F, 0.13F, 0.13F, 0.12F, 0.11F, 0.10F, 0.10F, 0.05F};
constexpr std::array<float, 13> kStyleWeights{0.45F,  0.055F, 0.055F, 0.055F, 0.055F, 0.055F, 0.055F,
                                              0.055F, 0.055F, 0.03F,  0.03F,  0.025F, 0.025F};

void castEffects(Clip& clip, Dice& dice) {
    clip.clouds = dice.chance(0.55F);
    clip.aurora = dice.chance(0.4F);
    clip.sunbeams = dice.chance(0.18F);
    clip.lensFlare = dice.chance(0.14F);
    clip.wetLens = dice.chance(0.3F);
    clip.shallow = dice.chance(0.12F);
}

bool showsAurora(Scene scene) {
    return scene == Scene::Arctic || scene == Scene::Mountains || scene == Scene::Lake || scene == Scene::Forest;
}

} // namespace

Clip castClip(std::uint64_t seed) {
    Dice dice(seed, 1);
    Clip clip;
    clip.seed = seed;
    clip.scene = any<Scene>(dice);
    clip.time = any<TimeOfDay>(dice);
    clip.weather = static_cast<Weather>(weighted(dice, kWeatherWeights));
    const std::vector<Subject>& subjects = subjectsOf(clip.scene);
    clip.subject = dice.chance(0.15F) ? Subject::None : dice.pick(subjects);
    clip.colour = any<Colour>(dice);
    clip.direction = any<Direction>(dice);
    clip.camera = static_cast<Camera>(weighted(dice, kCameraWeights));
    clip.style = static_cast<Style>(weighted(dice, kStyleWeights));
    clip.planet = any<Colour>(dice);
    clip.ring = dice.chance(0.35F);
    castEffects(clip, dice);
    settle(clip);
    return clip;
}

void settle(Clip& clip) {
    if (!has(subjectsOf(clip.scene), clip.subject)) {
        clip.subject = Subject::None;
    }
    if (!has(weathersOf(clip.scene), clip.weather)) {
        clip.weather = Weather::Clear;
    }
    const bool space = clip.scene == Scene::Space;
    const bool clear = clip.weather == Weather::Clear;
    const bool night = clip.time == TimeOfDay::Night;
    if (space) {
        clip.time = TimeOfDay::Night; // there is no other
    }
    clip.clouds = clip.clouds && !space && clip.weather != Weather::Fog;
    clip.aurora = clip.aurora && night && clear && showsAurora(clip.scene);
    clip.sunbeams = clip.sunbeams && clear && !night && !space;
    clip.lensFlare = clip.lensFlare && clear && !night && !space && !clip.sunbeams;
    clip.wetLens = clip.wetLens && clip.weather == Weather::Rain;
    clip.shallow = clip.shallow && !space && clip.subject != Subject::None;
    clip.ring = clip.ring && space;
}

const std::vector<Subject>& subjectsOf(Scene scene) {
    using enum Subject;
    static const std::array<std::vector<Subject>, 13> lists{{
        {None, Balloon, Birds, Sailboat, Plane, Whale},       // ocean
        {None, Balloon, Birds, Plane, Train, Deer},           // mountains
        {None, Balloon, Birds, Plane, Car},                   // city
        {None, Balloon, Birds, Plane, Car, Train},            // desert
        {None, Spaceship},                                    // space
        {None, Balloon, Birds, Deer},                         // forest
        {None, Balloon, Birds, Sailboat, Plane},              // lake
        {None, Balloon, Birds, Kite, Plane, Deer, Train},     // meadow
        {None, Balloon, Birds, Plane},                        // volcano
        {None, Balloon, Birds, Sailboat, Plane, Kite, Whale}, // coast
        {None, Balloon, Birds, Plane, Car},                   // road
        {None, Balloon, Birds, Kite, Deer},                   // river
        {None, Birds, Plane, Sailboat, Whale},                // arctic
    }};
    return lists[static_cast<std::size_t>(scene)];
}

const std::vector<Weather>& weathersOf(Scene scene) {
    using enum Weather;
    static const std::vector<Weather> all{Clear, Snow, Rain, Fog};
    static const std::vector<Weather> dry{Clear, Fog};
    static const std::vector<Weather> warm{Clear, Rain, Fog};
    static const std::vector<Weather> cold{Clear, Snow, Fog};
    static const std::vector<Weather> none{Clear};
    switch (scene) {
    case Scene::Desert:
        return dry;
    case Scene::Space:
        return none;
    case Scene::Volcano:
        return warm;
    case Scene::Arctic:
        return cold;
    default:
        return all;
    }
}

bool isPainted(Subject subject) {
    return subject != Subject::None && subject != Subject::Birds && subject != Subject::Deer &&
           subject != Subject::Whale;
}

} // namespace generation::world
