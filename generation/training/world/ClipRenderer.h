#pragma once

#include "generation/training/world/Frame.h"
#include "generation/training/world/Lens.h"
#include "generation/training/world/Stage.h"

#include <cstdint>
#include <vector>

namespace generation::world {

/// Draws the frames of one clip. Every frame is a function of the clip, the format and the frame's number, so frames
/// can be drawn in any order and by several renderers; the same call gives the same bits on every machine. Thread: one
/// per object.
class ClipRenderer {
public:
    ClipRenderer(const Clip& clip, const Format& format);

    /// Displayed values, 0 to 1.
    const Frame& draw(int frame);

    const Clip& clip() const { return m_stage.clip; }
    const Format& format() const { return m_format; }

private:
    Stage m_stage;
    Format m_format;
    Frame m_frame;
    Scratch m_scratch;
};

/// Interleaved RGB, [height, width, 3], 0 to 1 or 0 to 255 (rounded to nearest).
void interleave(const Frame& frame, float* to);
void interleave(const Frame& frame, std::uint8_t* to);

/// All frames of a clip, [frames, height, width, 3].
std::vector<float> renderFloat(const Clip& clip, const Format& format);
std::vector<std::uint8_t> renderBytes(const Clip& clip, const Format& format);

} // namespace generation::world
