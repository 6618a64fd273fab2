#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace generation {

/// How the publishers of a distilled model want it sampled (engine spec 5.6).
/// Thread: a value.
struct SamplingPreset {
    std::string_view name;
    std::string_view sampler;
    std::vector<double> timesteps; ///< what the network is told at each step
    double shift;                  ///< what the timesteps were made with, for the record
    double guidance;
};

/// "fastwan", "fastwan-5b", "self-forcing", "causvid", "lightx2v", "lightning": all of them few steps without guidance.
std::span<const SamplingPreset> samplingPresets();

/// Absent for an unknown name.
std::optional<SamplingPreset> samplingPreset(std::string_view name);

/// The shift for a picture of this many pixels where a family publishes one for 480p (832x480) and one for 720p
/// (1280x720): linear between them, the nearer one outside.
double shiftForSize(double at480p, double at720p, int width, int height);

} // namespace generation
