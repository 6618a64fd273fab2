// film-set-sheet: contact sheets of the film set as PNM pictures, to look at.
#include "generation/training/world/ClipRenderer.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

using namespace generation::world;

namespace {

struct Sheet {
    Format format;
    int columns;
    std::vector<std::vector<std::uint8_t>> pictures;

    void add(const Clip& clip, int frame) {
        ClipRenderer renderer(clip, format);
        std::vector<std::uint8_t> picture(3 * static_cast<std::size_t>(format.width) * format.height);
        interleave(renderer.draw(frame), picture.data());
        pictures.push_back(std::move(picture));
    }

    void write(const std::string& path) const {
        const int rows = (static_cast<int>(pictures.size()) + columns - 1) / columns;
        const std::size_t line = 3 * static_cast<std::size_t>(format.width);
        std::vector<std::uint8_t> pixels(line * columns * rows * format.height);
        for (std::size_t k = 0; k < pictures.size(); ++k) {
            const std::size_t column = k % columns;
            const std::size_t row = k / columns;
            for (std::size_t j = 0; j < static_cast<std::size_t>(format.height); ++j) {
                std::memcpy(pixels.data() + ((row * format.height + j) * columns + column) * line,
                            pictures[k].data() + j * line, line);
            }
        }
        std::FILE* file = std::fopen(path.c_str(), "wb");
        if (file == nullptr) {
            throw std::runtime_error("cannot write " + path);
        }
        std::fprintf(file, "P6\n%d %d\n255\n", format.width * columns, format.height * rows);
        std::fwrite(pixels.data(), 1, pixels.size(), file);
        std::fclose(file);
    }
};

Clip plain(std::uint64_t seed) {
    Clip clip = castClip(seed);
    clip.style = Style::Natural;
    clip.weather = Weather::Clear;
    clip.camera = Camera::Static;
    clip.aurora = clip.sunbeams = clip.lensFlare = clip.shallow = false;
    return clip;
}

void scenes(Sheet& sheet, std::uint64_t seed) {
    sheet.columns = 4;
    for (int scene = 0; scene < kCountOf<Scene>; ++scene) {
        for (int time = 0; time < kCountOf<TimeOfDay>; ++time) {
            Clip clip = plain(seed + static_cast<std::uint64_t>(scene * 4 + time));
            clip.scene = static_cast<Scene>(scene);
            clip.time = static_cast<TimeOfDay>(time);
            clip.subject = Subject::None;
            clip.clouds = time % 2 == 1;
            settle(clip);
            sheet.add(clip, 12);
        }
    }
}

void styles(Sheet& sheet, std::uint64_t seed) {
    sheet.columns = 5;
    for (int style = 0; style < kCountOf<Style>; ++style) {
        for (int k = 0; k < 5; ++k) {
            Clip clip = plain(seed + static_cast<std::uint64_t>(k));
            clip.scene = static_cast<Scene>((seed + static_cast<std::uint64_t>(k)) % 8);
            clip.time = static_cast<TimeOfDay>(k % 4);
            settle(clip);
            clip.style = static_cast<Style>(style);
            sheet.add(clip, 12);
        }
    }
}

void subjects(Sheet& sheet, std::uint64_t seed) {
    sheet.columns = 4;
    for (int subject = 1; subject < kCountOf<Subject>; ++subject) {
        for (int k = 0; k < 4; ++k) {
            Clip clip = plain(seed + static_cast<std::uint64_t>(subject * 4 + k));
            clip.subject = static_cast<Subject>(subject);
            for (int s = 0; s < kCountOf<Scene>; ++s) {
                clip.scene = static_cast<Scene>((s + k * 5) % kCountOf<Scene>);
                const auto& list = subjectsOf(clip.scene);
                if (std::find(list.begin(), list.end(), clip.subject) != list.end()) {
                    break;
                }
            }
            clip.time = static_cast<TimeOfDay>(k);
            clip.colour = static_cast<Colour>((subject + 2 * k) % 8);
            settle(clip);
            sheet.add(clip, 12);
        }
    }
}

void effects(Sheet& sheet, std::uint64_t seed) {
    sheet.columns = 4;
    for (int k = 0; k < 48; ++k) {
        Clip clip = plain(seed + static_cast<std::uint64_t>(k));
        const int kind = k / 4;
        clip.weather = static_cast<Weather>(kind % 4);
        clip.scene = static_cast<Scene>((k * 5 + kind) % kCountOf<Scene>);
        clip.time = static_cast<TimeOfDay>(k % 4);
        clip.sunbeams = kind == 4;
        clip.lensFlare = kind == 8;
        clip.shallow = kind == 5;
        clip.aurora = true;
        settle(clip);
        sheet.add(clip, 12);
    }
}

void lot(Sheet& sheet, std::uint64_t seed) {
    sheet.columns = 5;
    for (std::uint64_t k = 0; k < 60; ++k) {
        sheet.add(castClip(seed + k), 12);
    }
}

void motion(Sheet& sheet, std::uint64_t seed) {
    sheet.columns = 5;
    for (std::uint64_t k = 0; k < 8; ++k) {
        const Clip clip = castClip(seed + k);
        for (int frame = 0; frame < 25; frame += 6) {
            sheet.add(clip, frame);
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    const std::map<std::string, std::function<void(Sheet&, std::uint64_t)>> kinds{
        {"scenes", scenes},   {"styles", styles}, {"subjects", subjects},
        {"effects", effects}, {"lot", lot},       {"motion", motion}};
    if (argc < 3 || kinds.count(argv[1]) == 0) {
        std::fprintf(stderr, "film-set-sheet scenes|styles|subjects|effects|lot|motion FILE.ppm [SEED [HEIGHT]]\n");
        return 2;
    }
    Sheet sheet{};
    const int height = argc > 4 ? std::atoi(argv[4]) : 128;
    sheet.format = {height * 7 / 4, height, 25, 12.0F};
    kinds.at(argv[1])(sheet, argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1);
    sheet.write(argv[2]);
    return 0;
}
