// look-benchmark: does a look take? Makes clips of one style of the film set to train it from, and measures how far
// generated clips are from that style.
#include "generation/training/measure/StyleMeter.h"
#include "generation/training/world/Caption.h"
#include "generation/training/world/ClipRenderer.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace generation;
namespace fs = std::filesystem;

namespace {

constexpr world::Format kFormat{224, 128, 25, 12.0F};

/// Clip `number` as NN.rgb (raw RGB, 8 bits), with NN.txt: what it shows, but for its style.
void writeClip(const fs::path& folder, int number, const world::Clip& clip) {
    const std::string name = (number < 10 ? "0" : "") + std::to_string(number);
    const std::vector<std::uint8_t> bytes = world::renderBytes(clip, kFormat);
    std::ofstream(folder / (name + ".rgb"), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    std::ofstream(folder / (name + ".txt")) << world::captionOf(clip, clip.seed, {.style = false}) << '\n';
}

int makeClips(world::Style style, const fs::path& folder, int count, std::uint64_t seed) {
    fs::create_directories(folder);
    for (int i = 0; i < count; ++i) {
        world::Clip clip = world::castClip(seed + static_cast<std::uint64_t>(i));
        clip.style = style;
        writeClip(folder, i, clip);
    }
    return 0;
}

/// The clips of a folder, each as some of its frames at the meter's size.
std::vector<measure::Footage> clipsOf(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".rgb") {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    std::vector<measure::Footage> clips;
    for (const fs::path& file : files) {
        std::ifstream stream(file, std::ios::binary);
        const std::vector<char> bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
        const std::size_t frame = std::size_t(3) * kFormat.width * kFormat.height;
        const auto frames = static_cast<int>(bytes.size() / frame);
        measure::Footage some;
        for (const int at : {0, frames / 3, 2 * frames / 3, frames - 1}) {
            const auto* pixels = reinterpret_cast<const std::uint8_t*>(bytes.data()) + frame * std::size_t(at);
            some.push_back(measure::footageOf(pixels, {1, kFormat.height, kFormat.width}).front());
        }
        clips.push_back(std::move(some));
    }
    return clips;
}

/// A line for each folder: how far its clips' looks are from that of the first folder's, one by one and together, and
/// how many are taken for the style.
int measureFolders(world::Style style, const std::vector<fs::path>& folders) {
    const measure::StyleMeter meter = measure::StyleMeter::learnt({});
    const auto together = [&](const std::vector<measure::Footage>& clips) {
        measure::Footage all;
        for (const measure::Footage& clip : clips) {
            all.insert(all.end(), clip.begin(), clip.end());
        }
        return meter.lookOf(all);
    };
    const measure::Features wanted = together(clipsOf(folders.front()));
    for (const fs::path& folder : folders) {
        const std::vector<measure::Footage> clips = clipsOf(folder);
        double sum = 0.0;
        int right = 0;
        for (const measure::Footage& clip : clips) {
            sum += meter.distance(meter.lookOf(clip), wanted);
            right += meter.styleOf(clip) == style ? 1 : 0;
        }
        std::printf("%-40s clip by clip %.3f, together %.3f, %d of %zu read as the style\n", folder.c_str(),
                    sum / static_cast<double>(clips.size()), meter.distance(together(clips), wanted), right,
                    clips.size());
    }
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    const auto style = words.size() > 2 ? world::valueNamed<world::Style>(words[1]) : std::nullopt;
    if (style && words[0] == "clips") {
        return makeClips(*style, words[2], words.size() > 3 ? std::atoi(words[3].c_str()) : 10,
                         words.size() > 4 ? std::strtoull(words[4].c_str(), nullptr, 10) : 1);
    }
    if (style && words[0] == "measure") {
        return measureFolders(*style, {words.begin() + 2, words.end()});
    }
    std::fputs(
        "look-benchmark clips STYLE DIR [COUNT [SEED]]   clips to train from, NN.rgb and NN.txt\n"
        "look-benchmark measure STYLE DIR...             how far each folder's NN.rgb are from the first one's\n",
        stderr);
    return 2;
}
