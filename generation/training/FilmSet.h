#pragma once

#include "generation/training/ClipSource.h"

#include <cstdint>

namespace generation::world {
struct Clip;
}

namespace generation {

/// The film set as a source: clips without end that the world's renderer draws when they are asked for.
/// Thread: any.
class FilmSet : public ClipSource {
public:
    struct Format {
        int width = 224;
        int height = 128;
        int frames = 25;
        int fps = 12;
    };

    explicit FilmSet(const Format& format) : m_format(format) {}

    std::string key() const override;
    Lesson lesson(std::uint64_t index, LessonParts parts) const override;
    at::Tensor video(std::uint64_t index) const override;
    std::vector<std::string> captions(std::uint64_t index) const override;
    std::uint64_t count() const override;

    /// Any clip in this format, or its first `frames` frames (0: all): [1, 3, F, H, W].
    at::Tensor drawn(const world::Clip& clip, int frames) const;

private:
    Format m_format;
};

} // namespace generation
