#include "generation/training/world/Attributes.h"

#include <array>

namespace generation::world {

namespace {

template <class E>
using Names = std::array<std::string_view, static_cast<std::size_t>(kCountOf<E>)>;

template <class E>
std::string_view of(const Names<E>& names, E value) {
    return names[static_cast<std::size_t>(value)];
}

constexpr Names<Scene> kScenes{"ocean",  "mountains", "city",  "desert", "space", "forest", "lake",
                               "meadow", "volcano",   "coast", "road",   "river", "arctic"};
constexpr Names<TimeOfDay> kTimes{"dawn", "day", "sunset", "night"};
constexpr Names<Weather> kWeathers{"clear", "snow", "rain", "fog"};
constexpr Names<Subject> kSubjects{"none",  "balloon", "birds", "sailboat", "plane",    "kite",
                                   "train", "car",     "whale", "deer",     "spaceship"};
constexpr Names<Colour> kColours{"red", "orange", "yellow", "green", "blue", "purple", "pink", "white"};
constexpr Names<Direction> kDirections{"left", "right"};
constexpr Names<Camera> kCameras{"static",   "pan-left", "pan-right", "zoom-in",
                                 "zoom-out", "tilt-up",  "tilt-down", "handheld"};
constexpr Names<Style> kStyles{"natural", "film-noir", "watercolor",    "neon",     "comic",     "vintage", "pixel-art",
                               "oil",     "pencil",    "stained-glass", "halftone", "blueprint", "thermal"};

} // namespace

std::string_view nameOf(Scene value) {
    return of(kScenes, value);
}
std::string_view nameOf(TimeOfDay value) {
    return of(kTimes, value);
}
std::string_view nameOf(Weather value) {
    return of(kWeathers, value);
}
std::string_view nameOf(Subject value) {
    return of(kSubjects, value);
}
std::string_view nameOf(Colour value) {
    return of(kColours, value);
}
std::string_view nameOf(Direction value) {
    return of(kDirections, value);
}
std::string_view nameOf(Camera value) {
    return of(kCameras, value);
}
std::string_view nameOf(Style value) {
    return of(kStyles, value);
}

} // namespace generation::world
