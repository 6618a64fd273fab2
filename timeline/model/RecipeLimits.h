#pragma once

#include <cstddef>

/// How far a recipe's numbers go; what lies outside is not written, and not read.
namespace timeline::recipeLimits {

inline constexpr int kMaxSteps = 1000;
inline constexpr double kMaxGuidance = 100.0;
inline constexpr double kLeastShift = 0.01;
inline constexpr double kMaxShift = 100.0;
inline constexpr double kMaxLoraStrength = 100.0;
inline constexpr std::size_t kMostLoras = 32;
inline constexpr int kMaxContextFrames = 1000;
inline constexpr int kMaxWindow = 100'000; ///< also of overlaps and of prompt blends

} // namespace timeline::recipeLimits
