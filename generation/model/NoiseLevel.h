#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace generation {

/// What a transformer's file says of itself in its name, where two experts look alike (Wan 2.2 A14B): "high" or "low"
/// as a word of the file's name, else of its folder's ("wan2.2_t2v_high_noise_14B", "T2V-A14B-LowNoise-Q4_K_M",
/// "low_noise_model/..."). A word with "noise" behind it counts before one without. Names with both, or with neither,
/// say nothing.
/// Thread: a value.
struct NoiseLevel {
    enum class Level : std::uint8_t { Unsaid, High, Low };

    Level level = Level::Unsaid;
    std::string others;        ///< the name's other words: the same for the two of a pair
    bool isSpelledOut = false; ///< "noise" is behind it; else the word may mean something else ("low_poly")

    /// Whether one is high and the other low.
    bool isOppositeOf(const NoiseLevel& other) const {
        return level != Level::Unsaid && other.level != Level::Unsaid && level != other.level;
    }
    /// Whether the names differ in the level alone.
    bool isTwinOf(const NoiseLevel& other) const { return isOppositeOf(other) && others == other.others; }
};

NoiseLevel noiseLevelOf(const std::string& path);

/// Which expert each of a job's LoRAs is for. Styles are called "low_poly" and "high_contrast", so that a word without
/// "noise" counts only where its twin is among them.
std::vector<NoiseLevel::Level> loraLevels(const std::vector<std::string>& paths);

/// Whether a transformer is named as one of two: with "noise", or with the version that has two.
bool isNamedOneOfTwo(const std::string& path);

/// "high", "low"; empty: unsaid.
const char* levelName(NoiseLevel::Level level);

} // namespace generation
