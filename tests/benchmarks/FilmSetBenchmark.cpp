// How long the film set takes to draw: 200 clips drawn by lot in the natural style, then each scene and each style.
#include "generation/training/world/ClipRenderer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

using namespace generation::world;

namespace {

double drawMilliseconds(const Clip& clip) {
    const auto start = std::chrono::steady_clock::now();
    const auto pixels = renderBytes(clip, {});
    const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
    return pixels.empty() ? 0.0 : spent.count();
}

void report(const std::string& what, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    double sum = 0.0;
    for (const double time : times) {
        sum += time;
    }
    std::printf("%-24s %4zu clips  mean %6.1f  median %6.1f  worst %6.1f ms\n", what.c_str(), times.size(),
                sum / static_cast<double>(times.size()), times[times.size() / 2], times.back());
}

} // namespace

int main() {
    std::printf("25 frames of 224x128, one core\n");
    std::vector<double> all;
    std::vector<std::vector<double>> scenes(kCountOf<Scene>);
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Clip clip = castClip(seed);
        clip.style = Style::Natural;
        all.push_back(drawMilliseconds(clip));
        scenes[static_cast<std::size_t>(clip.scene)].push_back(all.back());
    }
    report("natural, by lot", all);
    for (int scene = 0; scene < kCountOf<Scene>; ++scene) {
        report(std::string(nameOf(static_cast<Scene>(scene))), scenes[static_cast<std::size_t>(scene)]);
    }
    for (int style = 0; style < kCountOf<Style>; ++style) {
        std::vector<double> times;
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            Clip clip = castClip(seed);
            clip.style = static_cast<Style>(style);
            times.push_back(drawMilliseconds(clip));
        }
        report("style " + std::string(nameOf(static_cast<Style>(style))), times);
    }
    return 0;
}
