#pragma once

#include "generation/weights/SafetensorsHeader.h"

#include <cstddef>
#include <span>

namespace generation {

/// Widens 8-bit floats (OCP E4M3FN, which has no infinities, or E5M2) to float32. `out` has room for every byte.
void decodeFloat8(ElementType type, std::span<const std::byte> bytes, float* out);

} // namespace generation
