#pragma once

#include <cstdint>

namespace generation {

/// Where a network's repeated blocks are between calls. Streamed blocks are read from the mapped file when their turn
/// comes and dropped after it: memory holds one, a model larger than memory runs, and the numbers are the same bit for
/// bit. What is not in blocks is always in memory.
enum class WeightResidency : std::uint8_t { Resident, Streamed };

} // namespace generation
