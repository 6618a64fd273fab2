#pragma once

#include "generation/weights/DecodeBlocks.h"

namespace generation::decoding {

// The block types of two and three bits, as those of DecodeBlocks.h.

/// Halves of 128 elements, each of four runs of 32 that share 32 bytes, two bits a run; a scale and a minimum, four
/// bits each, for every 16.
struct BlockQ2_K {
    static constexpr std::int64_t kElements = 256;
    static constexpr std::int64_t kBytes = 84;

    FANTASCOPE_INLINE static void decode(const std::byte* __restrict block, float* __restrict out) {
        const float blockScale = halfValue(block + 80);
        const float blockMinimum = halfValue(block + 82);
        for (int group = 0; group < 16; ++group) {
            const std::uint32_t both = byteValue(block + group);
            const float scale = blockScale * static_cast<float>(both & 15U);
            const float minimum = blockMinimum * static_cast<float>(both >> 4U);
            const std::byte* bits = block + 16 + 32 * (group / 8) + 16 * (group % 2);
            const auto shift = static_cast<unsigned>(group % 8 / 2 * 2);
            for (int l = 0; l < 16; ++l) {
                out[16 * group + l] = scale * static_cast<float>(byteValue(bits + l) >> shift & 3U) - minimum;
            }
        }
    }
};

/// As Q2_K without minimums; bit r of byte l adds 4 to element l of run r, from which 4 is taken. Scales are six bits,
/// of which 32 is taken: the low four of 16 lie in eight bytes, the high two in four.
struct BlockQ3_K {
    static constexpr std::int64_t kElements = 256;
    static constexpr std::int64_t kBytes = 110;

    FANTASCOPE_INLINE static void decode(const std::byte* __restrict block, float* __restrict out) {
        const float blockScale = halfValue(block + 108);
        const std::byte* scales = block + 96;
        for (int group = 0; group < 16; ++group) {
            const std::uint32_t low = byteValue(scales + group % 8) >> (group < 8 ? 0U : 4U) & 15U;
            const std::uint32_t high = byteValue(scales + 8 + group % 4) >> static_cast<unsigned>(group / 4 * 2) & 3U;
            const float scale = blockScale * static_cast<float>(static_cast<std::int32_t>(low | high << 4U) - 32);
            const std::byte* bits = block + 32 + 32 * (group / 8) + 16 * (group % 2);
            const std::byte* thirds = block + 16 * (group % 2);
            const auto shift = static_cast<unsigned>(group % 8 / 2 * 2);
            const auto run = static_cast<unsigned>(group / 2);
            for (int l = 0; l < 16; ++l) {
                const std::uint32_t value = (byteValue(bits + l) >> shift & 3U) | (byteValue(thirds + l) >> run & 1U)
                                                                                      << 2U;
                out[16 * group + l] = scale * static_cast<float>(static_cast<std::int32_t>(value) - 4);
            }
        }
    }
};

} // namespace generation::decoding
