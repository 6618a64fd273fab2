#include "generation/training/world/Light.h"

#include "generation/training/world/Dice.h"

#include <array>

namespace generation::world {

namespace {

struct Hour {
    Rgb zenith;
    Rgb horizon;
    Rgb sun;
    Rgb key;
    Rgb ambient;
    float glow;
    float lamps;
};

constexpr std::array<Hour, 4> kHours{{
    {shown(0.36F, 0.44F, 0.70F),
     shown(0.99F, 0.78F, 0.70F),
     {1.6F, 1.15F, 0.85F},
     {0.85F, 0.62F, 0.52F},
     {0.26F, 0.25F, 0.33F},
     0.35F,
     0.25F},
    {shown(0.16F, 0.42F, 0.86F),
     shown(0.72F, 0.87F, 0.98F),
     {2.2F, 2.1F, 1.7F},
     {1.05F, 1.0F, 0.88F},
     {0.30F, 0.36F, 0.44F},
     0.22F,
     0.0F},
    {shown(0.23F, 0.14F, 0.45F),
     shown(1.0F, 0.50F, 0.18F),
     {2.0F, 1.0F, 0.35F},
     {0.85F, 0.42F, 0.16F},
     {0.17F, 0.12F, 0.20F},
     0.55F,
     0.45F},
    {shown(0.015F, 0.02F, 0.09F),
     shown(0.07F, 0.10F, 0.24F),
     {1.0F, 1.05F, 1.15F},
     {0.10F, 0.13F, 0.21F},
     {0.030F, 0.040F, 0.078F},
     0.06F,
     0.8F},
}};

/// How weather changes an hour's light.
void applyWeather(Weather weather, float level, Light& light) {
    const auto veil = [&](float brightness, float amount, float direct) {
        const Rgb grey = Rgb{0.93F, 0.97F, 1.03F} * (level * brightness);
        light.zenith = mix(greyed(light.zenith, 0.5F), grey, amount);
        light.horizon = mix(greyed(light.horizon, 0.4F), grey * 1.15F, amount);
        light.key = greyed(light.key, 0.5F) * direct;
        light.discSeen *= direct * direct;
        light.glow *= direct;
    };
    switch (weather) {
    case Weather::Clear:
        break;
    case Weather::Rain:
        veil(0.26F, 0.62F, 0.35F);
        break;
    case Weather::Snow:
        veil(0.55F, 0.5F, 0.5F);
        break;
    case Weather::Fog:
        veil(0.6F, 0.5F, 0.45F);
        break;
    }
}

} // namespace

Light lightOf(const Clip& clip, float skyline) {
    Dice dice(clip.seed, 2);
    const Hour& hour = kHours[static_cast<std::size_t>(clip.time)];
    const auto varied = [&](Rgb c) {
        return Rgb{c.r * dice.between(0.88F, 1.12F), c.g * dice.between(0.9F, 1.1F), c.b * dice.between(0.88F, 1.12F)};
    };
    Light light{};
    light.night = clip.time == TimeOfDay::Night;
    light.zenith = varied(hour.zenith);
    light.horizon = varied(hour.horizon);
    light.sun = hour.sun;
    light.key = hour.key;
    light.ambient = hour.ambient;
    light.glow = hour.glow * dice.between(0.8F, 1.2F);
    light.discSeen = 1.0F;
    light.lamps = hour.lamps;
    light.side = dice.chance(0.5F) ? 1.0F : -1.0F;
    light.sunAt.x = light.side * dice.between(0.25F, 1.25F);
    const bool low = clip.time == TimeOfDay::Dawn || clip.time == TimeOfDay::Sunset;
    light.sunAt.y = low ? skyline - dice.between(0.12F, 0.5F) : most(-0.85F, skyline - dice.between(0.55F, 0.95F));
    light.sunRadius = light.night ? dice.between(0.07F, 0.12F) : dice.between(0.075F, 0.115F);
    const float level = luma(hour.key + hour.ambient);
    applyWeather(clip.weather, level, light);
    return light;
}

Rgb paintOf(Colour colour) {
    constexpr std::array<Rgb, 8> paints{{shown(0.88F, 0.10F, 0.10F), shown(0.97F, 0.50F, 0.06F),
                                         shown(0.99F, 0.87F, 0.12F), shown(0.12F, 0.62F, 0.20F),
                                         shown(0.13F, 0.30F, 0.90F), shown(0.52F, 0.18F, 0.74F),
                                         shown(0.99F, 0.50F, 0.70F), shown(0.96F, 0.96F, 0.96F)}};
    return paints[static_cast<std::size_t>(colour)];
}

} // namespace generation::world
