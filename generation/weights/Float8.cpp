#include "generation/weights/Float8.h"

#include <array>
#include <cmath>
#include <limits>

namespace generation {

namespace {

struct Format {
    int mantissaBits;
    int bias;
    bool hasInfinity;
};

float decode(Format format, unsigned byte) {
    const unsigned magnitude = byte & 0x7FU;
    const int exponent = static_cast<int>(magnitude >> static_cast<unsigned>(format.mantissaBits));
    const unsigned one = 1U << static_cast<unsigned>(format.mantissaBits);
    const unsigned mantissa = magnitude & (one - 1U);
    const int largest = static_cast<int>(0x7FU >> static_cast<unsigned>(format.mantissaBits));
    float value = 0.0F;
    if (format.hasInfinity && exponent == largest) {
        value = mantissa == 0 ? std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
    } else if (!format.hasInfinity && magnitude == 0x7FU) {
        value = std::numeric_limits<float>::quiet_NaN();
    } else if (exponent == 0) {
        value = std::ldexp(static_cast<float>(mantissa), 1 - format.bias - format.mantissaBits);
    } else {
        value = std::ldexp(static_cast<float>(one + mantissa), exponent - format.bias - format.mantissaBits);
    }
    return (byte & 0x80U) != 0 ? -value : value;
}

} // namespace

void decodeFloat8(ElementType type, std::span<const std::byte> bytes, float* out) {
    const Format format = type == ElementType::F8_E4M3 ? Format{3, 7, false} : Format{2, 15, true};
    std::array<float, 256> table{};
    for (unsigned byte = 0; byte < table.size(); ++byte) {
        table[byte] = decode(format, byte);
    }
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        out[i] = table[std::to_integer<std::size_t>(bytes[i])];
    }
}

} // namespace generation
