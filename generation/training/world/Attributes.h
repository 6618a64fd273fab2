#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace generation::world {

// What a clip of the film set shows, as closed lists. The order is part of the seeds' meaning: append, never insert.

enum class Scene { Ocean, Mountains, City, Desert, Space, Forest, Lake, Meadow, Volcano, Coast, Road, River, Arctic };
enum class TimeOfDay { Dawn, Day, Sunset, Night };
enum class Weather { Clear, Snow, Rain, Fog };
enum class Subject { None, Balloon, Birds, Sailboat, Plane, Kite, Train, Car, Whale, Deer, Spaceship };
enum class Colour { Red, Orange, Yellow, Green, Blue, Purple, Pink, White };
enum class Direction { Left, Right };
enum class Camera { Static, PanLeft, PanRight, ZoomIn, ZoomOut, TiltUp, TiltDown, Handheld };
enum class Style {
    Natural,
    FilmNoir,
    Watercolor,
    Neon,
    Comic,
    Vintage,
    PixelArt,
    Oil,
    Pencil,
    StainedGlass,
    Halftone,
    Blueprint,
    Thermal
};

template <class E>
constexpr int kCountOf = 0;
template <>
inline constexpr int kCountOf<Scene> = 13;
template <>
inline constexpr int kCountOf<TimeOfDay> = 4;
template <>
inline constexpr int kCountOf<Weather> = 4;
template <>
inline constexpr int kCountOf<Subject> = 11;
template <>
inline constexpr int kCountOf<Colour> = 8;
template <>
inline constexpr int kCountOf<Direction> = 2;
template <>
inline constexpr int kCountOf<Camera> = 8;
template <>
inline constexpr int kCountOf<Style> = 13;

/// Stable names in lower case with dashes ("film-noir"), for tables and command lines.
std::string_view nameOf(Scene value);
std::string_view nameOf(TimeOfDay value);
std::string_view nameOf(Weather value);
std::string_view nameOf(Subject value);
std::string_view nameOf(Colour value);
std::string_view nameOf(Direction value);
std::string_view nameOf(Camera value);
std::string_view nameOf(Style value);

template <class E>
std::optional<E> valueNamed(std::string_view name) {
    for (int i = 0; i < kCountOf<E>; ++i) {
        if (nameOf(static_cast<E>(i)) == name) {
            return static_cast<E>(i);
        }
    }
    return std::nullopt;
}

} // namespace generation::world
