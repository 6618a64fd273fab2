#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#define FANTASCOPE_INLINE inline __attribute__((always_inline))

namespace generation::decoding {

// The quantised block types of ggml, one struct each: what a block's bytes mean (engine spec section 7.5). Inlined into
// Decode.cpp's loops, which are compiled for several kinds of machine. Bytes may alias anything, so that without
// __restrict each block would first ask whether it overlaps its result. Little-endian machines only, as the files are.

static_assert(std::endian::native == std::endian::little);

template <class T>
FANTASCOPE_INLINE T load(const std::byte* at) {
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

FANTASCOPE_INLINE std::uint32_t byteValue(const std::byte* at) {
    return std::to_integer<std::uint32_t>(*at);
}

/// Which of two bit patterns, and a sign. The choice is made between whole numbers: between floats the compiler keeps a
/// branch, and the loop does not become vector instructions.
FANTASCOPE_INLINE float chosen(bool isSmall, float small, std::uint32_t normal, std::uint32_t sign) {
    const std::uint32_t mask = 0U - static_cast<std::uint32_t>(isSmall);
    return std::bit_cast<float>((std::bit_cast<std::uint32_t>(small) & mask) | (normal & ~mask) | sign << 31U);
}

/// Without a branch, so that loops become vector instructions, and without denormal operands, which some callers' modes
/// flush to zero.
FANTASCOPE_INLINE float halfFromBits(std::uint32_t half) {
    const std::uint32_t magnitude = half & 0x7FFFU;
    const float small = static_cast<float>(static_cast<std::int32_t>(magnitude)) * 0x1p-24F;
    const std::uint32_t special = magnitude >= 0x7C00U ? 0x7F800000U : 0U;
    return chosen(magnitude < 0x400U, small, ((magnitude << 13U) + (112U << 23U)) | special, half >> 15U);
}

FANTASCOPE_INLINE float halfValue(const std::byte* at) {
    return halfFromBits(load<std::uint16_t>(at));
}

/// Elements l and l + 16 share a byte: its low and its high four bits.
struct BlockQ4_0 {
    static constexpr std::int64_t kElements = 32;
    static constexpr std::int64_t kBytes = 18;

    FANTASCOPE_INLINE static void decode(const std::byte* __restrict block, float* __restrict out) {
        const float scale = halfValue(block);
        for (int l = 0; l < 16; ++l) {
            const auto both = static_cast<std::int32_t>(byteValue(block + 2 + l));
            out[l] = scale * static_cast<float>((both & 15) - 8);
            out[l + 16] = scale * static_cast<float>((both >> 4) - 8);
        }
    }
};

struct BlockQ4_1 {
    static constexpr std::int64_t kElements = 32;
    static constexpr std::int64_t kBytes = 20;

    FANTASCOPE_INLINE static void decode(const std::byte* __restrict block, float* __restrict out) {
        const float scale = halfValue(block);
        const float offset = halfValue(block + 2);
        for (int l = 0; l < 16; ++l) {
            const auto both = static_cast<std::int32_t>(byteValue(block + 4 + l));
            out[l] = scale * static_cast<float>(both & 15) + offset;
            out[l + 16] = scale * static_cast<float>(both >> 4) + offset;
        }
    }
};

/// The fifth bits of all 32 elements are one number.
FANTASCOPE_INLINE std::int32_t fifthBit(std::uint32_t bits, int element) {
    return static_cast<std::int32_t>((bits >> static_cast<unsigned>(element) & 1U) << 4U);
}

struct BlockQ5_0 {
    static constexpr std::int64_t kElements = 32;
    static constexpr std::int64_t kBytes = 22;

    FANTASCOPE_INLINE static void decode(const std::byte* __restrict block, float* __restrict out) {
        const float scale = halfValue(block);
        const auto high = load<std::uint32_t>(block + 2);
        for (int l = 0; l < 16; ++l) {
            const auto both = static_cast<std::int32_t>(byteValue(block + 6 + l));
            out[l] = scale * static_cast<float>(((both & 15) | fifthBit(high, l)) - 16);
            out[l + 16] = scale * static_cast<float>(((both >> 4) | fifthBit(high, l + 16)) - 16);
        }
    }
};

struct BlockQ5_1 {
    static constexpr std::int64_t kElements = 32;
    static constexpr std::int64_t kBytes = 24;

    FANTASCOPE_INLINE static void decode(const std::byte* __restrict block, float* __restrict out) {
        const float scale = halfValue(block);
        const float offset = halfValue(block + 2);
        const auto high = load<std::uint32_t>(block + 4);
        for (int l = 0; l < 16; ++l) {
            const auto both = static_cast<std::int32_t>(byteValue(block + 8 + l));
            out[l] = scale * static_cast<float>((both & 15) | fifthBit(high, l)) + offset;
            out[l + 16] = scale * static_cast<float>((both >> 4) | fifthBit(high, l + 16)) + offset;
        }
    }
};

struct BlockQ8_0 {
    static constexpr std::int64_t kElements = 32;
    static constexpr std::int64_t kBytes = 34;

    FANTASCOPE_INLINE static void decode(const std::byte* __restrict block, float* __restrict out) {
        const float scale = halfValue(block);
        for (int l = 0; l < 32; ++l) {
            out[l] = scale * static_cast<float>(load<std::int8_t>(block + 2 + l));
        }
    }
};

/// Scale and minimum of each of a K block's eight groups, six bits each in twelve bytes, times the block's own.
struct GroupScales {
    std::array<float, 8> scale;
    std::array<float, 8> minimum;

    FANTASCOPE_INLINE static GroupScales read(const std::byte* block) {
        const float blockScale = halfValue(block);
        const float blockMinimum = halfValue(block + 2);
        const std::byte* s = block + 4;
        GroupScales groups{};
        for (std::size_t j = 0; j < 4; ++j) {
            const std::uint32_t low = byteValue(s + j);
            const std::uint32_t middle = byteValue(s + j + 4);
            const std::uint32_t high = byteValue(s + j + 8);
            groups.scale[j] = blockScale * static_cast<float>(low & 63U);
            groups.minimum[j] = blockMinimum * static_cast<float>(middle & 63U);
            groups.scale[j + 4] = blockScale * static_cast<float>((high & 15U) | low >> 6U << 4U);
            groups.minimum[j + 4] = blockMinimum * static_cast<float>(high >> 4U | middle >> 6U << 4U);
        }
        return groups;
    }
};

/// Two groups of 32 share 32 bytes: the low four bits are the first's, the high the second's.
struct BlockQ4_K {
    static constexpr std::int64_t kElements = 256;
    static constexpr std::int64_t kBytes = 144;

    FANTASCOPE_INLINE static void decode(const std::byte* __restrict block, float* __restrict out) {
        const GroupScales groups = GroupScales::read(block);
        for (std::size_t j = 0; j < 4; ++j) {
            const std::byte* nibbles = block + 16 + 32 * j;
            float* first = out + 64 * j;
            for (int l = 0; l < 32; ++l) {
                const auto both = static_cast<std::int32_t>(byteValue(nibbles + l));
                first[l] = groups.scale[2 * j] * static_cast<float>(both & 15) - groups.minimum[2 * j];
                first[l + 32] = groups.scale[2 * j + 1] * static_cast<float>(both >> 4) - groups.minimum[2 * j + 1];
            }
        }
    }
};

/// As Q4_K; bit g of byte l is the fifth bit of element l of group g.
struct BlockQ5_K {
    static constexpr std::int64_t kElements = 256;
    static constexpr std::int64_t kBytes = 176;

    FANTASCOPE_INLINE static void decode(const std::byte* __restrict block, float* __restrict out) {
        const GroupScales groups = GroupScales::read(block);
        const std::byte* fifth = block + 16;
        for (std::size_t j = 0; j < 4; ++j) {
            const std::byte* nibbles = block + 48 + 32 * j;
            const auto bit = static_cast<int>(2 * j);
            float* first = out + 64 * j;
            for (int l = 0; l < 32; ++l) {
                const auto both = static_cast<std::int32_t>(byteValue(nibbles + l));
                const auto high = static_cast<std::int32_t>(byteValue(fifth + l));
                const std::int32_t low = (both & 15) + (high >> bit & 1) * 16;
                const std::int32_t upper = (both >> 4) + (high >> (bit + 1) & 1) * 16;
                first[l] = groups.scale[2 * j] * static_cast<float>(low) - groups.minimum[2 * j];
                first[l + 32] = groups.scale[2 * j + 1] * static_cast<float>(upper) - groups.minimum[2 * j + 1];
            }
        }
    }
};

/// Halves of 128 elements, each of four runs of 32: four bits from `low`, two from `high`, a scale for every 16.
struct BlockQ6_K {
    static constexpr std::int64_t kElements = 256;
    static constexpr std::int64_t kBytes = 210;

    FANTASCOPE_INLINE static void decode(const std::byte* __restrict block, float* __restrict out) {
        const float blockScale = halfValue(block + 208);
        for (int half = 0; half < 2; ++half) {
            for (int sixteen = 0; sixteen < 2; ++sixteen) {
                const std::byte* low = block + 64 * half + 16 * sixteen;
                const std::byte* high = block + 128 + 32 * half + 16 * sixteen;
                const std::byte* scales = block + 192 + 8 * half + sixteen;
                float* to = out + 128 * half + 16 * sixteen;
                std::array<float, 4> scale{};
                for (int k = 0; k < 4; ++k) {
                    scale[static_cast<std::size_t>(k)] =
                        blockScale * static_cast<float>(load<std::int8_t>(scales + 2 * k));
                }
                for (int l = 0; l < 16; ++l) {
                    const auto a = static_cast<std::int32_t>(byteValue(low + l));
                    const auto b = static_cast<std::int32_t>(byteValue(low + 32 + l));
                    const auto h = static_cast<std::int32_t>(byteValue(high + l));
                    to[l] = scale[0] * static_cast<float>(((a & 15) | (h & 3) << 4) - 32);
                    to[l + 32] = scale[1] * static_cast<float>(((b & 15) | (h >> 2 & 3) << 4) - 32);
                    to[l + 64] = scale[2] * static_cast<float>((a >> 4 | (h >> 4 & 3) << 4) - 32);
                    to[l + 96] = scale[3] * static_cast<float>((b >> 4 | h >> 6 << 4) - 32);
                }
            }
        }
    }
};

} // namespace generation::decoding
