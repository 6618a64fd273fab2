#include "generation/weights/Decode.h"

#include "generation/weights/DecodeBlocks.h"
#include "generation/weights/DecodeFewBits.h"

namespace generation {

namespace {

using namespace decoding;

/// One element after the other; `Stored` says how its bytes become a number.
template <class Stored>
FANTASCOPE_INLINE void decodeSingly(const std::byte* __restrict bytes, std::int64_t count, float* __restrict out) {
    for (std::int64_t i = 0; i < count; ++i) {
        out[i] = Stored::value(bytes + i * Stored::kBytes);
    }
}

struct F64 {
    static constexpr std::int64_t kBytes = 8;
    FANTASCOPE_INLINE static float value(const std::byte* at) { return static_cast<float>(load<double>(at)); }
};

struct F16 {
    static constexpr std::int64_t kBytes = 2;
    FANTASCOPE_INLINE static float value(const std::byte* at) { return halfValue(at); }
};

struct BF16 {
    static constexpr std::int64_t kBytes = 2;
    FANTASCOPE_INLINE static float value(const std::byte* at) {
        return std::bit_cast<float>(static_cast<std::uint32_t>(load<std::uint16_t>(at)) << 16U);
    }
};

struct F8E4M3 {
    static constexpr std::int64_t kBytes = 1;
    FANTASCOPE_INLINE static float value(const std::byte* at) {
        const std::uint32_t magnitude = byteValue(at) & 0x7FU;
        const float small = static_cast<float>(static_cast<std::int32_t>(magnitude)) * 0x1p-9F;
        const std::uint32_t nan = magnitude == 0x7FU ? 0x7FC00000U : 0U;
        return chosen(magnitude < 8U, small, ((magnitude << 20U) + (120U << 23U)) | nan, byteValue(at) >> 7U);
    }
};

struct F8E5M2 {
    static constexpr std::int64_t kBytes = 1;
    FANTASCOPE_INLINE static float value(const std::byte* at) {
        return halfFromBits(byteValue(at) << 8U); // E5M2 is the upper byte of a half
    }
};

template <class Block>
FANTASCOPE_INLINE void decodeBlocks(const std::byte* bytes, std::int64_t count, float* out) {
    for (std::int64_t i = 0; i < count; ++i) {
        Block::decode(bytes + i * Block::kBytes, out + i * Block::kElements);
    }
}

/// `count` blocks, or elements of the types without blocks.
FANTASCOPE_INLINE void decodeAny(ElementType type, const std::byte* bytes, std::int64_t count, float* out) {
    switch (type) {
    case ElementType::F64:
        return decodeSingly<F64>(bytes, count, out);
    case ElementType::F32:
        std::memcpy(out, bytes, static_cast<std::size_t>(count) * sizeof(float));
        return;
    case ElementType::F16:
        return decodeSingly<F16>(bytes, count, out);
    case ElementType::BF16:
        return decodeSingly<BF16>(bytes, count, out);
    case ElementType::F8_E4M3:
        return decodeSingly<F8E4M3>(bytes, count, out);
    case ElementType::F8_E5M2:
        return decodeSingly<F8E5M2>(bytes, count, out);
    case ElementType::Q4_0:
        return decodeBlocks<BlockQ4_0>(bytes, count, out);
    case ElementType::Q4_1:
        return decodeBlocks<BlockQ4_1>(bytes, count, out);
    case ElementType::Q5_0:
        return decodeBlocks<BlockQ5_0>(bytes, count, out);
    case ElementType::Q5_1:
        return decodeBlocks<BlockQ5_1>(bytes, count, out);
    case ElementType::Q8_0:
        return decodeBlocks<BlockQ8_0>(bytes, count, out);
    case ElementType::Q2_K:
        return decodeBlocks<BlockQ2_K>(bytes, count, out);
    case ElementType::Q3_K:
        return decodeBlocks<BlockQ3_K>(bytes, count, out);
    case ElementType::Q4_K:
        return decodeBlocks<BlockQ4_K>(bytes, count, out);
    case ElementType::Q5_K:
        return decodeBlocks<BlockQ5_K>(bytes, count, out);
    case ElementType::Q6_K:
        return decodeBlocks<BlockQ6_K>(bytes, count, out);
    default:
        return; // not decodable
    }
}

FANTASCOPE_INLINE void narrowAll(const float* values, std::int64_t count, std::uint16_t* out) {
    for (std::int64_t i = 0; i < count; ++i) {
        const auto bits = std::bit_cast<std::uint32_t>(values[i]);
        const std::uint32_t rounded = (bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U;
        const bool isNan = (bits & 0x7FFFFFFFU) > 0x7F800000U;
        out[i] = static_cast<std::uint16_t>(isNan ? 0x7FC0U : rounded);
    }
}

/// The loops in the instructions of one kind of machine. No fused multiply-add: it would round differently.
#define FANTASCOPE_LEVEL(level, attribute)                                                                             \
    struct level {                                                                                                     \
        attribute static void decode(ElementType type, const std::byte* bytes, std::int64_t count, float* out) {       \
            decodeAny(type, bytes, count, out);                                                                        \
        }                                                                                                              \
        attribute static void narrow(const float* values, std::int64_t count, std::uint16_t* out) {                    \
            narrowAll(values, count, out);                                                                             \
        }                                                                                                              \
    };

FANTASCOPE_LEVEL(Baseline, )
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
FANTASCOPE_LEVEL(Avx2, __attribute__((target("avx2"))))
FANTASCOPE_LEVEL(Avx512, __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,prefer-vector-width=512"))))
#endif

struct Loops {
    decltype(&Baseline::decode) decode;
    decltype(&Baseline::narrow) narrow;
};

const Loops& loops() {
    static const Loops best = [] {
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
        if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
            __builtin_cpu_supports("avx512dq")) {
            return Loops{Avx512::decode, Avx512::narrow};
        }
        if (__builtin_cpu_supports("avx2")) {
            return Loops{Avx2::decode, Avx2::narrow};
        }
#endif
        return Loops{Baseline::decode, Baseline::narrow};
    }();
    return best;
}

} // namespace

bool isDecodable(ElementType type) {
    return type <= ElementType::F8_E5M2 || isQuantised(type);
}

void decode(ElementType type, std::span<const std::byte> bytes, float* out) {
    const auto count = static_cast<std::int64_t>(bytes.size() / blockSize(type).bytes);
    loops().decode(type, bytes.data(), count, out);
}

void narrowToBf16(std::span<const float> values, std::uint16_t* out) {
    loops().narrow(values.data(), static_cast<std::int64_t>(values.size()), out);
}

} // namespace generation
