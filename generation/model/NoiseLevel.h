#pragma once

#include <cstdint>
#include <string>

namespace generation {

/// What a transformer's file says of itself in its name, where two experts look alike (Wan 2.2 A14B): "high" or "low"
/// as a word of the file's name, else of its folder's ("wan2.2_t2v_high_noise_14B", "T2V-A14B-LowNoise-Q4_K_M",
/// "low_noise_model/..."). Names with both, or with neither, say nothing.
/// Thread: a value.
struct NoiseLevel {
    enum class Level : std::uint8_t { Unsaid, High, Low };

    Level level = Level::Unsaid;
    std::string others; ///< the name's other words: the same for the two of a pair

    /// Whether one is high and the other low.
    bool isOppositeOf(const NoiseLevel& other) const {
        return level != Level::Unsaid && other.level != Level::Unsaid && level != other.level;
    }
};

NoiseLevel noiseLevelOf(const std::string& path);

} // namespace generation
