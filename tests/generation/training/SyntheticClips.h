#pragma once

#include "generation/training/ClipSource.h"
#include "generation/training/Lottery.h"

#include <ATen/ATen.h>

#include <limits>

namespace generation::test {

/// A coloured square that wanders over a slope of grey: clips that cost nothing.
/// Thread: any.
class SyntheticClips : public ClipSource {
public:
    SyntheticClips(std::int64_t width, std::int64_t height, std::int64_t frames)
        : m_width(width), m_height(height), m_frames(frames) {}

    std::string key() const override { return "synthetic clips"; }
    std::uint64_t count() const override { return std::numeric_limits<std::uint64_t>::max(); }

    Lesson lesson(std::uint64_t index, LessonParts) const override {
        Lottery lottery(17, index);
        const at::Tensor slope = at::linspace(-0.5, 0.5, m_width).view({1, 1, 1, 1, m_width});
        Lesson lesson;
        lesson.natural = slope.expand({1, 3, m_frames, m_height, m_width}).contiguous();
        const std::int64_t size = m_height / 4;
        const std::int64_t top = lottery.below(m_height - size);
        const std::int64_t colour = lottery.below(3);
        for (std::int64_t t = 0; t < m_frames; ++t) {
            const std::int64_t left = (m_width - size) * t / std::max<std::int64_t>(1, m_frames - 1);
            lesson.natural.select(2, t).narrow(2, top, size).narrow(3, left, size).select(1, colour).fill_(0.9);
        }
        lesson.video = lesson.natural * 0.8;
        lesson.still = lesson.video.narrow(2, 0, 1).contiguous();
        const std::string name = colour == 0 ? "red" : colour == 1 ? "green" : "blue";
        lesson.captions = {"a " + name + " square in dim light", "dim light on a square of " + name};
        lesson.plainCaptions = {"a " + name + " square"};
        return lesson;
    }

private:
    std::int64_t m_width;
    std::int64_t m_height;
    std::int64_t m_frames;
};

} // namespace generation::test
