#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>

namespace timeline::test {

/// Writes a 16-bit stereo .wav of code(sample frame) on both sides.
inline void writeWave(const std::filesystem::path& file, int sampleRate, std::int64_t frames,
                      const std::function<int(std::int64_t)>& code) {
    std::ofstream out(file, std::ios::binary);
    const auto put = [&out](std::uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i) {
            out.put(static_cast<char>(value >> (8 * i) & 0xff));
        }
    };
    const auto bytes = static_cast<std::uint32_t>(frames * 4);
    const auto rate = static_cast<std::uint32_t>(sampleRate);
    out << "RIFF";
    put(36 + bytes, 4);
    out << "WAVEfmt ";
    put(16, 4);
    put(1, 2); // PCM
    put(2, 2); // channels
    put(rate, 4);
    put(rate * 4, 4);
    put(4, 2);
    put(16, 2);
    out << "data";
    put(bytes, 4);
    for (std::int64_t i = 0; i < frames; ++i) {
        const auto sample = static_cast<std::uint32_t>(code(i));
        put(sample, 2);
        put(sample, 2);
    }
}

} // namespace timeline::test
