#pragma once

#include <cstdint>

namespace generation {

/// Where a network's repeated blocks are between calls. Streamed blocks are read from the mapped file when their turn
/// comes and dropped after it: memory holds one, a model larger than memory runs, and the numbers are the same bit for
/// bit. Packed ones lie on the device as the file stores them, and are made into numbers there when their turn comes:
/// for quantised models on a card. What is not in blocks is always in memory.
enum class WeightResidency : std::uint8_t { Resident, Packed, Streamed };

} // namespace generation
