#pragma once

#include "timeline/base/Result.h"

#include <cstdint>
#include <optional>

namespace timeline {

/// What this machine can give to a program now; nothing when it does not say.
std::optional<std::uint64_t> freeMemory();

/// Whether a frame and its way to a file or screen fit, before it is begun: a project of some bytes can ask for frames
/// that bring a machine down. OutOfMemory; asks nothing for frames that fit every machine.
Result<void> checkFrameMemory(int width, int height, const std::optional<std::uint64_t>& free);

} // namespace timeline
