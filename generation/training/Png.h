#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace generation {

/// RGB pixels of 8 bits, white at first.
/// Thread: a value.
class Picture {
public:
    Picture(int width, int height)
        : m_width(width), m_height(height),
          m_pixels(3 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 255) {}

    int width() const { return m_width; }
    int height() const { return m_height; }
    std::uint8_t& at(int x, int y, int channel) { return m_pixels[index(x, y, channel)]; }
    const std::uint8_t* row(int y) const { return &m_pixels[index(0, y, 0)]; }

private:
    std::size_t index(int x, int y, int channel) const {
        return 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(x)) +
               static_cast<std::size_t>(channel);
    }

    int m_width;
    int m_height;
    std::vector<std::uint8_t> m_pixels;
};

/// An uncompressed PNG file, through a rename. Throws JobError "write-failed".
void writePng(const std::string& path, const Picture& picture);

/// Writes text or bytes through a rename. Throws JobError "write-failed".
void replaceFile(const std::string& path, const std::string& bytes);

} // namespace generation
