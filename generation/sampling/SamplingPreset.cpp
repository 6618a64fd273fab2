#include "generation/sampling/SamplingPreset.h"

#include <algorithm>
#include <array>

namespace generation {

std::span<const SamplingPreset> samplingPresets() {
    // FastWan, CausVid and Lightning publish the timesteps themselves; Self-Forcing and LightX2V publish 1000, 750,
    // 500, 250 and shift them by 5.
    static const std::array<SamplingPreset, 6> presets{{
        {"fastwan", "distilled", {1000.0, 757.0, 522.0}, 8.0, 1.0},
        {"fastwan-5b", "distilled", {1000.0, 757.0, 522.0}, 5.0, 1.0},
        {"self-forcing", "distilled", {1000.0, 937.5, 2500.0 / 3.0, 625.0}, 5.0, 1.0},
        {"causvid", "distilled", {1000.0, 757.0, 522.0}, 8.0, 1.0},
        {"lightx2v", "distilled", {1000.0, 937.5, 2500.0 / 3.0, 625.0}, 5.0, 1.0},
        {"lightning", "distilled", {1000.0, 937.5, 2500.0 / 3.0, 625.0}, 5.0, 1.0},
    }};
    return presets;
}

std::optional<SamplingPreset> samplingPreset(std::string_view name) {
    for (const SamplingPreset& preset : samplingPresets()) {
        if (preset.name == name) {
            return preset;
        }
    }
    return std::nullopt;
}

double shiftForSize(double at480p, double at720p, int width, int height) {
    constexpr double k480p = 832.0 * 480.0;
    constexpr double k720p = 1280.0 * 720.0;
    const double at = (static_cast<double>(width) * height - k480p) / (k720p - k480p);
    return at480p + (at720p - at480p) * std::clamp(at, 0.0, 1.0);
}

} // namespace generation
