#include "timeline/render/FrameMemory.h"

#include <fstream>
#include <string>

namespace timeline {

std::optional<std::uint64_t> freeMemory() {
    std::ifstream file("/proc/meminfo");
    std::string name;
    std::uint64_t kilobytes = 0;
    std::string unit;
    while (file >> name >> kilobytes) {
        if (name == "MemAvailable:") {
            return kilobytes * 1024;
        }
        std::getline(file, unit);
    }
    return std::nullopt;
}

Result<void> checkFrameMemory(int width, int height, const std::optional<std::uint64_t>& free) {
    constexpr std::uint64_t pixelBytes = 16 + 8; // in linear light, and as it is handed on
    constexpr std::uint64_t little = 1ULL << 30;
    const std::uint64_t bytes = static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height) * pixelBytes;
    if (bytes <= little || !free || bytes <= *free / 4 * 3) {
        return {};
    }
    return Error{ErrorCode::OutOfMemory, {}, std::to_string(width) + "x" + std::to_string(height)};
}

} // namespace timeline
