#include "generation/training/measure/ClipQuality.h"

#include "generation/training/measure/Motion.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace generation::measure {

namespace {

double meanDifference(const Image& a, const Image& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        sum += std::abs(a.values[i] - b.values[i]);
    }
    return sum / static_cast<double>(a.values.size());
}

double squaredError(const Image& a, const Image& b) {
    if (a.values.size() != b.values.size()) {
        throw std::invalid_argument("measure: clips of different sizes");
    }
    double sum = 0.0;
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        const double difference = a.values[i] - b.values[i];
        sum += difference * difference;
    }
    return sum / static_cast<double>(a.values.size());
}

} // namespace

double psnr(const Footage& a, const Footage& b) {
    if (a.size() != b.size() || a.empty()) {
        throw std::invalid_argument("measure: clips of different lengths");
    }
    double sum = 0.0;
    for (std::size_t k = 0; k < a.size(); ++k) {
        sum += squaredError(a[k].red, b[k].red) + squaredError(a[k].green, b[k].green) +
               squaredError(a[k].blue, b[k].blue);
    }
    const double mean = sum / (3.0 * static_cast<double>(a.size()));
    return mean < 1e-10 ? 100.0 : -10.0 * std::log10(mean);
}

double steadiness(const Footage& footage) {
    double sum = 0.0;
    for (std::size_t k = 0; k + 1 < footage.size(); ++k) {
        const Picture& a = footage[k];
        const Picture& b = footage[k + 1];
        sum += (meanDifference(a.red, b.red) + meanDifference(a.green, b.green) + meanDifference(a.blue, b.blue)) / 3.0;
    }
    return footage.size() < 2 ? 1.0 : 1.0 - sum / static_cast<double>(footage.size() - 1);
}

double flicker(const Footage& footage) {
    if (footage.size() < 5) {
        return 0.0;
    }
    std::vector<double> level;
    for (const Picture& picture : footage) {
        const Image luma = picture.luma();
        double sum = 0.0;
        for (const float value : luma.values) {
            sum += value;
        }
        level.push_back(sum / static_cast<double>(luma.values.size()));
    }
    // What is left after a binomial filter of five frames: its response falls to a half at a third of Nyquist.
    double squares = 0.0;
    for (std::size_t k = 2; k + 2 < level.size(); ++k) {
        const double slow =
            (level[k - 2] + 4.0 * level[k - 1] + 6.0 * level[k] + 4.0 * level[k + 1] + level[k + 2]) / 16.0;
        squares += (level[k] - slow) * (level[k] - slow);
    }
    return std::sqrt(squares / static_cast<double>(level.size() - 4));
}

double motionSmoothness(const Footage& footage) {
    double sum = 0.0;
    double weight = 1e-6;
    std::vector<BlockMotion> before;
    for (std::size_t k = 0; k + 1 < footage.size(); ++k) {
        const std::vector<BlockMotion> now =
            blockMotions(atWorkSize(footage[k]).luma(), atWorkSize(footage[k + 1]).luma());
        for (std::size_t b = 0; b < before.size(); ++b) {
            const float turnX = now[b].dx - before[b].dx;
            const float turnY = now[b].dy - before[b].dy;
            const float speed = std::hypot(now[b].dx, now[b].dy) + std::hypot(before[b].dx, before[b].dy);
            const double trust = std::min(now[b].trust, before[b].trust);
            sum += trust * std::hypot(turnX, turnY) / (speed + 1.0);
            weight += trust;
        }
        before = now;
    }
    return 1.0 - sum / weight;
}

} // namespace generation::measure
