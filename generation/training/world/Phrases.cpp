#include "generation/training/world/Phrases.h"

#include <array>

namespace generation::world {

namespace {

template <class E, std::size_t N>
const Phrases& of(const std::array<Phrases, N>& lists, E value) {
    return lists[static_cast<std::size_t>(value)];
}

} // namespace

const Phrases& phrasesFor(Scene scene) {
    static const std::array<Phrases, 13> lists{{
        {"the ocean", "the sea", "ocean waves", "the open sea", "waves on the sea"},
        {"snowy mountains", "snowy peaks", "a mountain range", "mountains", "high mountains"},
        {"a city skyline", "a city", "skyscrapers", "city towers", "a big city"},
        {"a desert", "sand dunes", "desert dunes", "the desert"},
        {"deep space", "outer space", "space", "the stars in space"},
        {"a pine forest", "a forest", "pine trees", "a forest of fir trees", "the woods"},
        {"a lake", "a mountain lake", "a calm lake", "a lake with mountains", "a still lake"},
        {"a meadow", "green hills", "a flower meadow", "grassy hills", "hills with flowers"},
        {"a volcano", "an erupting volcano", "a volcano with lava", "a smoking volcano"},
        {"a beach", "a coast with a lighthouse", "the seashore", "a sandy beach", "a lighthouse by the sea"},
        {"a road", "a country road", "a highway", "a road through the hills"},
        {"a river", "a winding river", "a river valley", "a river through meadows"},
        {"icebergs", "the arctic sea", "the arctic", "floating icebergs"},
    }};
    return of(lists, scene);
}

const Phrases& phrasesFor(TimeOfDay time) {
    static const std::array<Phrases, 4> lists{{
        {"at dawn", "at sunrise", "in the early morning", "in the morning light"},
        {"during the day", "at noon", "in daylight", "on a sunny day", "by day"},
        {"at sunset", "at dusk", "in the golden hour", "in the evening"},
        {"at night", "in the moonlight", "under the stars", "by night"},
    }};
    return of(lists, time);
}

const Phrases& phrasesFor(Weather weather) {
    static const std::array<Phrases, 4> lists{{
        {},
        {"snow is falling", "falling snow", "in a snowfall", "snowing", "in the snow"},
        {"rain is falling", "falling rain", "in the rain", "raining", "on a rainy day"},
        {"in the fog", "misty", "foggy", "thick fog", "in the mist"},
    }};
    return of(lists, weather);
}

const Phrases& phrasesFor(Camera camera) {
    static const std::array<Phrases, 8> lists{{
        {"static camera", "static shot", "the camera stands still", "fixed camera"},
        {"the camera pans left", "pan left", "camera moving left", "camera panning to the left"},
        {"the camera pans right", "pan right", "camera moving right", "camera panning to the right"},
        {"the camera zooms in", "zoom in", "slow zoom in", "camera zooming in"},
        {"the camera zooms out", "zoom out", "slow zoom out", "camera zooming out"},
        {"the camera tilts up", "tilt up", "camera tilting up", "the camera looks up"},
        {"the camera tilts down", "tilt down", "camera tilting down", "the camera looks down"},
        {"handheld camera", "shaky camera", "handheld shot"},
    }};
    return of(lists, camera);
}

const Phrases& phrasesFor(Subject subject) {
    static const std::array<Phrases, 11> lists{{
        {},
        {"a {} hot air balloon", "a {} balloon"},
        {"birds", "a flock of birds", "flying birds"},
        {"a {} sailboat", "a {} sailing boat", "a boat with {} sails"},
        {"a {} plane", "a {} airplane", "a {} aeroplane"},
        {"a {} kite"},
        {"a {} train", "a {} steam train", "a {} locomotive with wagons"},
        {"a {} car", "a {} automobile"},
        {"a whale", "a spouting whale", "a swimming whale"},
        {"a deer", "a stag", "a deer with antlers"},
        {"a {} spaceship", "a {} rocket", "a {} space ship"},
    }};
    return of(lists, subject);
}

const Phrases& motionsOf(Subject subject) {
    static const std::array<Phrases, 11> lists{{
        {},
        {"drifting", "floating", "flying"},
        {"flying", "gliding"},
        {"sailing", "drifting", "moving"},
        {"flying", "passing"},
        {"flying", "drifting"},
        {"driving", "moving", "passing"},
        {"driving", "moving", "passing"},
        {"swimming", "moving"},
        {"walking", "moving"},
        {"flying", "drifting", "moving"},
    }};
    return of(lists, subject);
}

const Phrases& phrasesFor(Direction direction) {
    static const std::array<Phrases, 2> lists{{
        {"left", "to the left", "from right to left"},
        {"right", "to the right", "from left to right"},
    }};
    return of(lists, direction);
}

const Phrases& phrasesFor(Colour colour) {
    static const std::array<Phrases, 8> lists{{
        {"red"},
        {"orange"},
        {"yellow"},
        {"green"},
        {"blue"},
        {"purple", "violet"},
        {"pink"},
        {"white"},
    }};
    return of(lists, colour);
}

const Phrases& styleInFront(Style style) {
    static const std::array<Phrases, 13> lists{{
        {},
        {"film noir of", "a black and white film of", "a black and white shot of"},
        {"a watercolor painting of", "a watercolor of"},
        {"a neon picture of", "glowing neon lines of"},
        {"a comic drawing of", "a comic book picture of"},
        {"an old film of", "a vintage film of", "an old sepia film of"},
        {"pixel art of", "a pixel art picture of"},
        {"an oil painting of", "a painting in oil of"},
        {"a pencil drawing of", "a pencil sketch of"},
        {"a stained glass window of", "stained glass of"},
        {"a halftone print of", "a newspaper print of"},
        {"a blueprint of", "a technical blueprint of"},
        {"a thermal image of", "a heat camera picture of"},
    }};
    return of(lists, style);
}

const Phrases& styleBehind(Style style) {
    static const std::array<Phrases, 13> lists{{
        {},
        {"film noir", "film noir style", "black and white"},
        {"watercolor painting", "watercolor style"},
        {"neon style", "neon glow"},
        {"comic style", "comic book style"},
        {"vintage film", "old film", "sepia"},
        {"pixel art", "pixel art style"},
        {"oil painting", "oil painting style"},
        {"pencil drawing", "pencil sketch"},
        {"stained glass", "stained glass style"},
        {"halftone print", "newspaper print"},
        {"blueprint", "blueprint style"},
        {"thermal image", "heat camera"},
    }};
    return of(lists, style);
}

const Phrases& phrasesFor(Extra extra) {
    static const std::array<Phrases, kExtras> lists{{
        {"cloudy sky", "drifting clouds", "clouds in the sky", "with clouds"},
        {"clear sky", "cloudless sky"},
        {"northern lights", "aurora in the sky", "under the aurora"},
        {"sunbeams", "god rays", "rays of sunlight"},
        {"lens flare", "with lens flare"},
        {"raindrops on the lens", "wet lens"},
        {"blurred background", "shallow focus", "background out of focus"},
        {"with rings", "with a ring"},
    }};
    return of(lists, extra);
}

} // namespace generation::world
