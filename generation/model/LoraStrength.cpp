#include "generation/model/LoraStrength.h"

#include <algorithm>

namespace generation {

double LoraStrength::at(double position) const {
    if (points.empty()) {
        return 0.0;
    }
    const auto after =
        std::find_if(points.begin(), points.end(), [&](const Point& point) { return point.position > position; });
    if (after == points.begin()) {
        return points.front().strength;
    }
    if (after == points.end()) {
        return points.back().strength;
    }
    const Point& before = *(after - 1);
    const double share = (position - before.position) / (after->position - before.position);
    return before.strength + share * (after->strength - before.strength);
}

double LoraStrength::atStep(int step, int steps) const {
    return at(steps > 1 ? static_cast<double>(step) / static_cast<double>(steps - 1) : 0.0);
}

} // namespace generation
