#include "generation/training/FilmSet.h"

#include "generation/training/world/Caption.h"
#include "generation/training/world/Clip.h"
#include "generation/training/world/ClipRenderer.h"

#include <ATen/ATen.h>

#include <cctype>
#include <limits>
#include <vector>

namespace generation {

namespace {

constexpr std::uint64_t kCaptions = 6;

/// [1, 3, F, H, W] in -1 to 1 of bytes [F, H, W, 3].
at::Tensor videoOf(const std::vector<std::uint8_t>& bytes, const world::Format& format) {
    const at::Tensor pixels = at::from_blob(const_cast<std::uint8_t*>(bytes.data()),
                                            {format.frames, format.height, format.width, 3}, at::kByte);
    return pixels.to(at::kFloat).div_(127.5).sub_(1.0).permute({3, 0, 1, 2}).contiguous().unsqueeze(0);
}

world::Format formatOf(const FilmSet::Format& format) {
    return {format.width, format.height, format.frames, static_cast<float>(format.fps)};
}

/// Half of them begin as a sentence does: a person may write either way.
std::string asWritten(std::string text, std::uint64_t seed) {
    if (seed % 2 == 1 && !text.empty()) {
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    }
    return text;
}

std::vector<std::string> captionsOf(const world::Clip& clip, const world::CaptionParts& parts) {
    std::vector<std::string> captions;
    for (std::uint64_t seed = 0; seed < kCaptions; ++seed) {
        captions.push_back(asWritten(world::captionOf(clip, seed, parts), seed));
    }
    return captions;
}

} // namespace

std::string FilmSet::key() const {
    return "the film set at " + std::to_string(m_format.width) + "x" + std::to_string(m_format.height) + ", " +
           std::to_string(m_format.frames) + " frames at " + std::to_string(m_format.fps) + " per second";
}

std::uint64_t FilmSet::count() const {
    return std::numeric_limits<std::uint64_t>::max();
}

at::Tensor FilmSet::drawn(const world::Clip& clip, int frames) const {
    world::Format format = formatOf(m_format);
    format.frames = frames > 0 ? frames : format.frames;
    return videoOf(world::renderBytes(clip, format), format);
}

at::Tensor FilmSet::video(std::uint64_t index) const {
    return drawn(world::castClip(index), 0);
}

std::vector<std::string> FilmSet::captions(std::uint64_t index) const {
    return captionsOf(world::castClip(index), {});
}

Lesson FilmSet::lesson(std::uint64_t index, LessonParts parts) const {
    const world::Clip clip = world::castClip(index);
    Lesson lesson;
    lesson.video = drawn(clip, 0);
    lesson.captions = captionsOf(clip, {});
    lesson.plainCaptions = captionsOf(clip, {.style = false});
    if (parts.natural) {
        world::Clip natural = clip;
        natural.style = world::Style::Natural;
        lesson.natural = clip == natural ? lesson.video : drawn(natural, 0);
    }
    if (parts.still) {
        // Another clip in the same style: what a look is, whatever it shows.
        world::Clip other = world::castClip(index ^ (std::uint64_t{1} << 62U));
        other.style = clip.style;
        lesson.still = drawn(other, 1);
    }
    return lesson;
}

} // namespace generation
