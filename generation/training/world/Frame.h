#pragma once

#include "generation/training/world/Rgb.h"
#include "generation/training/world/View.h"

#include <cstddef>
#include <vector>

namespace generation::world {

/// A row of a frame with its place in a layer: column i lies at x + i * dx, the row at y; `pixel` is a pixel's height
/// in the layer's units.
struct Span {
    float* r;
    float* g;
    float* b;
    int count;
    float x;
    float dx;
    float y;
    float pixel;

    Rgb at(int i) const { return {r[i], g[i], b[i]}; }
};

/// A picture being drawn, float planes. While layers are drawn the values are light (see Rgb); the finished frame holds
/// displayed values, 0 to 1.
/// Thread: one.
class Frame {
public:
    Frame() = default;
    Frame(int width, int height)
        : m_width(width), m_height(height), m_planes(3 * static_cast<std::size_t>(width) * height) {}

    int width() const { return m_width; }
    int height() const { return m_height; }
    std::size_t pixels() const { return static_cast<std::size_t>(m_width) * static_cast<std::size_t>(m_height); }

    /// 0 red, 1 green, 2 blue.
    float* plane(int channel) { return m_planes.data() + static_cast<std::size_t>(channel) * pixels(); }
    const float* plane(int channel) const { return m_planes.data() + static_cast<std::size_t>(channel) * pixels(); }

    Span row(const LayerView& layer, int j) {
        const std::size_t start = static_cast<std::size_t>(j) * static_cast<std::size_t>(m_width);
        return {plane(0) + start, plane(1) + start, plane(2) + start, m_width,
                layer.x,          layer.step,       layer.rowY(j),    layer.step};
    }

    void swap(Frame& other) noexcept {
        std::swap(m_width, other.m_width);
        std::swap(m_height, other.m_height);
        m_planes.swap(other.m_planes);
    }

private:
    int m_width = 0;
    int m_height = 0;
    std::vector<float> m_planes;
};

} // namespace generation::world
