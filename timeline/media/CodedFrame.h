#pragma once

#include <cstdint>
#include <vector>

namespace timeline {

/// A finished frame on its way into a file: sRGB-coded, full range, 16 bits a sample in native byte order, R G B or
/// R G B A (straight) interleaved, rows top to bottom without padding.
/// Thread: a value.
struct CodedFrame {
    int width = 0;
    int height = 0;
    int channels = 3;                   ///< 3 or 4
    std::vector<std::uint16_t> samples; ///< channels * width * height

    bool operator==(const CodedFrame&) const = default;
};

} // namespace timeline
