#pragma once

#include <cstdint>

namespace generation {

// Memory of this process and machine, in bytes.

std::int64_t residentBytes();     ///< of this process, in main memory
std::int64_t peakResidentBytes(); ///< the most since resetPeakResident(), or since the start where the kernel cannot
void resetPeakResident();
std::int64_t availableBytes(); ///< of main memory, that can be had without swapping; a control group's limit counts

/// Returns what the allocators keep for later to the system: after networks were dropped, before another program needs
/// the memory. What is still in use is not touched.
void giveBackMemory();

} // namespace generation
