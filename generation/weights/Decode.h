#pragma once

#include "generation/weights/TensorEntry.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace generation {

/// Whether decode() takes the type: the floating point ones and GGUF's quantised blocks.
bool isDecodable(ElementType type);

/// Widens stored elements to float32. `bytes` are whole blocks of a decodable type, `out` has room for their elements.
/// 8-bit floats are OCP E4M3FN, which has no infinities, and E5M2. Quantised blocks are ggml's; their arithmetic is
/// float32 in the order of gguf-py, whose numbers come out bit for bit.
void decode(ElementType type, std::span<const std::byte> bytes, float* out);

/// Rounds to bfloat16 (as its 16 bits), to nearest, ties to even; a NaN stays one.
void narrowToBf16(std::span<const float> values, std::uint16_t* out);

} // namespace generation
