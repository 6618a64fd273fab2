#pragma once

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace generation {

/// Frames that go between editor and worker: RGB, 16 bits a channel, sRGB-coded, full range.
/// On disk a safetensors file with one U16 tensor "frames" [frames, height, width, 3] and metadata "fps" = "12/1".
/// Thread: a value.
struct FrameSet {
    std::int64_t frames = 0;
    int width = 0;
    int height = 0;
    std::int64_t fpsNumerator = 24;
    std::int64_t fpsDenominator = 1;
    std::vector<std::uint16_t> samples; ///< 3 * width * height * frames

    bool operator==(const FrameSet&) const = default;
};

/// A frame file could not be read or written. what() names the file and the reason.
/// Thread: a value.
class FrameFileError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Whether a file has to outlive a power cut. Previews need not, and a disk may take long to promise it.
enum class Durability : std::uint8_t { Synced, Volatile };

/// Writes through a temporary file and a rename: readers see the old file or the new one. Throws FrameFileError.
void writeFrameFile(const std::string& path, const FrameSet& set, Durability durability = Durability::Synced);

/// Reads and checks every size against the file's before it allocates. Throws FrameFileError: not found, not a frame
/// file, truncated, more than 64 GiB. Of a longer file the first `most` frames, at least one.
FrameSet readFrameFile(const std::string& path, std::int64_t most = std::numeric_limits<std::int64_t>::max());

} // namespace generation
