#include "generation/training/world/ClipRenderer.h"

#include "generation/training/world/Scenery.h"
#include "generation/training/world/Style.h"

#include <stdexcept>

namespace generation::world {

namespace {

constexpr int kLargestSide = 8192;

FILM_LOOP void toBytes(const Frame& frame, std::uint8_t* __restrict to) {
    const float* __restrict r = frame.plane(0);
    const float* __restrict g = frame.plane(1);
    const float* __restrict b = frame.plane(2);
    const int count = static_cast<int>(frame.pixels());
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        to[3 * i] = static_cast<std::uint8_t>(clamp01(r[i]) * 255.0F + 0.5F);
        to[3 * i + 1] = static_cast<std::uint8_t>(clamp01(g[i]) * 255.0F + 0.5F);
        to[3 * i + 2] = static_cast<std::uint8_t>(clamp01(b[i]) * 255.0F + 0.5F);
    }
}

const Format& checked(const Format& format) {
    if (format.width < 16 || format.height < 16 || format.width > kLargestSide || format.height > kLargestSide ||
        format.frames < 1 || !(format.fps > 0.0F)) {
        throw std::invalid_argument("film set: a clip needs 16 to 8192 pixels a side, frames and a frame rate");
    }
    return format;
}

template <class T>
std::vector<T> renderAll(const Clip& clip, const Format& format) {
    ClipRenderer renderer(clip, format);
    const std::size_t frameSize = 3 * static_cast<std::size_t>(format.width) * static_cast<std::size_t>(format.height);
    std::vector<T> clipValues(frameSize * static_cast<std::size_t>(format.frames));
    for (int k = 0; k < format.frames; ++k) {
        interleave(renderer.draw(k), clipValues.data() + frameSize * static_cast<std::size_t>(k));
    }
    return clipValues;
}

} // namespace

ClipRenderer::ClipRenderer(const Clip& clip, const Format& format)
    : m_stage(stageOf(clip)), m_format(checked(format)), m_frame(format.width, format.height) {}

const Frame& ClipRenderer::draw(int frame) {
    const float seconds = static_cast<float>(frame) / m_format.fps;
    const Moment moment{seconds, viewAt(m_stage.clip.camera, m_stage.clip.seed, seconds, m_format)};
    drawScene(m_stage, moment, m_frame, m_scratch);
    applyLens(m_stage, moment, m_frame, m_scratch);
    develop(m_frame);
    applyStyle(m_stage, moment, m_frame, m_scratch);
    return m_frame;
}

void interleave(const Frame& frame, float* to) {
    for (std::size_t i = 0; i < frame.pixels(); ++i) {
        for (int channel = 0; channel < 3; ++channel) {
            *to++ = clamp01(frame.plane(channel)[i]);
        }
    }
}

void interleave(const Frame& frame, std::uint8_t* to) {
    toBytes(frame, to);
}

std::vector<float> renderFloat(const Clip& clip, const Format& format) {
    return renderAll<float>(clip, format);
}

std::vector<std::uint8_t> renderBytes(const Clip& clip, const Format& format) {
    return renderAll<std::uint8_t>(clip, format);
}

} // namespace generation::world
