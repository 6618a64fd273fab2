// Stored numbers, widened: against the fixture, and against the formulas of the format.

#include "generation/weights/Decode.h"
#include "generation/weights/Safetensors.h"

#include <ATen/ATen.h>

#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "tests/generation/weights/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using generation::test::Checks;

namespace {

bool sameBits(float a, float b) {
    return std::memcmp(&a, &b, sizeof a) == 0 || (std::isnan(a) && std::isnan(b));
}

void checkFixture(Checks& c) {
    const Safetensors fixture = Safetensors::open(std::string(FIXTURES_DIR) + "/engine/gguf_blocks.safetensors");
    int types = 0;
    for (auto type = ElementType::Q4_0; type <= ElementType::Q6_K;
         type = static_cast<ElementType>(static_cast<int>(type) + 1)) {
        const std::string name(elementTypeName(type));
        if (!fixture.contains(name + ".raw")) {
            continue;
        }
        const at::Tensor raw = fixture.tensor(name + ".raw").contiguous();
        const at::Tensor expected = fixture.tensor(name + ".deq").contiguous();
        const at::Tensor values = at::empty_like(expected);
        decode(type, {static_cast<const std::byte*>(raw.data_ptr()), static_cast<std::size_t>(raw.numel())},
               values.data_ptr<float>());
        CHECK(c, std::memcmp(values.data_ptr(), expected.data_ptr(), expected.nbytes()) == 0);
        ++types;
    }
    CHECK_EQUAL(c, types, 7);
}

/// Q5_1 is not in the fixture: one element after the other, as the format's text has it.
void checkFiveBitsWithOffset(Checks& c) {
    std::mt19937 random(5);
    std::vector<std::uint8_t> block(24);
    for (int round = 0; round < 200; ++round) {
        for (std::uint8_t& byte : block) {
            byte = static_cast<std::uint8_t>(random());
        }
        const at::Half scale(static_cast<float>(random() % 1000) / 777.0F);
        const at::Half offset(static_cast<float>(random() % 1000) / -333.0F);
        std::memcpy(block.data(), &scale.x, 2);
        std::memcpy(block.data() + 2, &offset.x, 2);
        std::uint32_t high = 0;
        std::memcpy(&high, block.data() + 4, 4);
        std::array<float, 32> values{};
        decode(ElementType::Q5_1, std::as_bytes(std::span(block)), values.data());
        for (unsigned i = 0; i < 32; ++i) {
            const unsigned byte = block[8 + i % 16];
            const unsigned level = (i < 16 ? byte & 15U : byte >> 4U) | (high >> i & 1U) << 4U;
            const volatile float product = static_cast<float>(scale) * static_cast<float>(level); // no fused addition
            CHECK(c, sameBits(values[i], product + static_cast<float>(offset)));
        }
    }
}

/// Two and three bits are not in the fixture either: where each element's bits lie, one element after the other.
void checkFewBits(Checks& c) {
    std::mt19937 random(7);
    std::vector<std::uint8_t> block(110);
    std::array<float, 256> values{};
    for (int round = 0; round < 200; ++round) {
        for (std::uint8_t& byte : block) {
            byte = static_cast<std::uint8_t>(random());
        }
        const at::Half scale(static_cast<float>(random() % 1000) / 777.0F);
        const at::Half minimum(static_cast<float>(random() % 1000) / 333.0F);
        // 16 bytes of scales and minimums, 64 of bits, two halves.
        std::memcpy(block.data() + 80, &scale.x, 2);
        std::memcpy(block.data() + 82, &minimum.x, 2);
        decode(ElementType::Q2_K, std::as_bytes(std::span(block)).first(84), values.data());
        for (unsigned i = 0; i < 256; ++i) {
            const unsigned level = block[16 + i / 128 * 32 + i % 32] >> (i % 128 / 32 * 2) & 3U;
            const volatile float step = static_cast<float>(scale) * static_cast<float>(block[i / 16] & 15U);
            const volatile float offset = static_cast<float>(minimum) * static_cast<float>(block[i / 16] >> 4U);
            const volatile float product = step * static_cast<float>(level); // no fused subtraction
            CHECK(c, sameBits(values[i], product - offset));
        }
        // 32 bytes of third bits, 64 of the lower two, 12 of scales, a half.
        std::memcpy(block.data() + 108, &scale.x, 2);
        decode(ElementType::Q3_K, std::as_bytes(std::span(block)), values.data());
        for (unsigned i = 0; i < 256; ++i) {
            const unsigned low = block[32 + i / 128 * 32 + i % 32] >> (i % 128 / 32 * 2) & 3U;
            const unsigned third = block[i % 32] >> (i / 32) & 1U;
            const unsigned group = i / 16;
            const unsigned nibble = group < 8 ? block[96 + group] & 15U : block[88 + group] >> 4U;
            const unsigned upper = block[104 + group % 4] >> (group / 4 * 2) & 3U;
            const float step =
                static_cast<float>(scale) * static_cast<float>(static_cast<int>(nibble + 16 * upper) - 32);
            CHECK(c, sameBits(values[i], step * static_cast<float>(static_cast<int>(low + 4 * third) - 4)));
        }
    }
}

void checkHalves(Checks& c) {
    std::vector<std::uint16_t> bits(65536);
    for (std::size_t i = 0; i < bits.size(); ++i) {
        bits[i] = static_cast<std::uint16_t>(i);
    }
    std::vector<float> values(bits.size());
    int wrong = 0;
    decode(ElementType::F16, std::as_bytes(std::span(bits)), values.data());
    for (std::size_t i = 0; i < bits.size(); ++i) {
        wrong += sameBits(values[i], static_cast<float>(at::Half(bits[i], at::Half::from_bits()))) ? 0 : 1;
    }
    decode(ElementType::BF16, std::as_bytes(std::span(bits)), values.data());
    for (std::size_t i = 0; i < bits.size(); ++i) {
        wrong += sameBits(values[i], static_cast<float>(at::BFloat16(bits[i], at::BFloat16::from_bits()))) ? 0 : 1;
    }
    CHECK_EQUAL(c, wrong, 0);
}

/// The definition of the OCP formats, one element at a time.
float eightBits(unsigned byte, int mantissaBits, int bias, bool hasInfinity) {
    const unsigned magnitude = byte & 0x7FU;
    const unsigned mantissa = magnitude & ((1U << static_cast<unsigned>(mantissaBits)) - 1U);
    const int exponent = static_cast<int>(magnitude >> static_cast<unsigned>(mantissaBits));
    const float fraction = static_cast<float>(mantissa) / static_cast<float>(1U << static_cast<unsigned>(mantissaBits));
    float value = exponent == 0 ? std::ldexp(fraction, 1 - bias) : std::ldexp(1.0F + fraction, exponent - bias);
    if (hasInfinity && exponent == 31) {
        value = mantissa == 0 ? std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
    } else if (!hasInfinity && magnitude == 0x7FU) {
        value = std::numeric_limits<float>::quiet_NaN();
    }
    return byte >= 0x80U ? -value : value;
}

void checkEightBits(Checks& c) {
    std::array<std::uint8_t, 256> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(i);
    }
    std::array<float, 256> four{};
    std::array<float, 256> five{};
    decode(ElementType::F8_E4M3, std::as_bytes(std::span(bytes)), four.data());
    decode(ElementType::F8_E5M2, std::as_bytes(std::span(bytes)), five.data());
    for (unsigned i = 0; i < 256; ++i) {
        CHECK(c, sameBits(four[i], eightBits(i, 3, 7, false)));
        CHECK(c, sameBits(five[i], eightBits(i, 2, 15, true)));
    }
}

void checkNarrowing(Checks& c) {
    std::mt19937 random(6);
    std::vector<float> values(100'000);
    for (float& value : values) {
        const std::uint32_t bits = static_cast<std::uint32_t>(random());
        std::memcpy(&value, &bits, sizeof value);
    }
    values[0] = std::numeric_limits<float>::quiet_NaN();
    values[1] = std::numeric_limits<float>::infinity();
    values[2] = std::numeric_limits<float>::max();
    std::vector<std::uint16_t> narrow(values.size());
    narrowToBf16(values, narrow.data());
    int wrong = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const at::BFloat16 ours(narrow[i], at::BFloat16::from_bits());
        wrong += sameBits(static_cast<float>(ours), static_cast<float>(at::BFloat16(values[i]))) ? 0 : 1;
    }
    CHECK_EQUAL(c, wrong, 0);
}

/// Every block type at any address and of any length, short of reading beyond its bytes.
void checkPlaces(Checks& c) {
    std::mt19937 random(8);
    for (auto type = ElementType::Q4_0; type <= ElementType::Q6_K;
         type = static_cast<ElementType>(static_cast<int>(type) + 1)) {
        const BlockSize block = blockSize(type);
        std::vector<std::uint8_t> bytes(block.bytes * 7 + 1);
        for (std::uint8_t& byte : bytes) {
            byte = static_cast<std::uint8_t>(random() % 0x7B); // half scales stay finite
        }
        const auto all = std::as_bytes(std::span(bytes));
        std::vector<float> together(block.elements * 7);
        std::vector<float> alone(block.elements);
        decode(type, all.subspan(1), together.data());
        for (std::size_t i = 0; i < 7; ++i) {
            decode(type, all.subspan(1 + i * block.bytes, block.bytes), alone.data());
            CHECK(c,
                  std::memcmp(alone.data(), together.data() + i * block.elements, alone.size() * sizeof(float)) == 0);
        }
    }
    CHECK(c, isDecodable(ElementType::Q5_1) && isDecodable(ElementType::F64) && !isDecodable(ElementType::I8));
}

} // namespace

void decodeCases(Checks& checks) {
    checks.run("quantised blocks are exact", checkFixture);
    checks.run("two and three bits are as the format says", checkFewBits);
    checks.run("five bits with an offset", checkFiveBitsWithOffset);
    checks.run("all 16-bit floats", checkHalves);
    checks.run("all 8-bit floats", checkEightBits);
    checks.run("rounding to bfloat16", checkNarrowing);
    checks.run("blocks anywhere", checkPlaces);
}
