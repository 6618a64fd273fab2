#pragma once

#include <vector>

namespace generation {

/// A LoRA's strength over a generation: straight lines between points, constant before the first and after the last. No
/// point is a strength of 0.
/// Thread: a value.
struct LoraStrength {
    struct Point {
        double position; ///< 0: before the first step, 1: at the last
        double strength;
        bool operator==(const Point&) const = default;
    };

    std::vector<Point> points; ///< by rising position

    static LoraStrength constant(double strength) { return {{{0.0, strength}}}; }

    double at(double position) const;
    /// Of step `step` (from 0) of `steps`.
    double atStep(int step, int steps) const;

    bool operator==(const LoraStrength&) const = default;
};

} // namespace generation
