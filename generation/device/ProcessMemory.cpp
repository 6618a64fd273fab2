#include "generation/device/ProcessMemory.h"

#include "generation/device/Compat.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

#include <malloc.h>

// Of jemalloc, where the program is linked with it.
extern "C" __attribute__((weak)) int mallctl(const char*, void*, std::size_t*, void*, std::size_t);

namespace generation {
namespace {

/// The number behind a key of a /proc file ("VmRSS:   1234 kB"), in bytes; below 0 when it is not there.
std::int64_t procBytes(const char* path, const std::string& key) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(key)) {
            return std::stoll(line.substr(key.size())) * 1024;
        }
    }
    return -1;
}

/// A control group's number ("max" or absent: none).
std::int64_t groupBytes(const char* path) {
    std::ifstream file(path);
    std::int64_t bytes = 0;
    return file >> bytes ? bytes : -1;
}

} // namespace

std::int64_t residentBytes() {
    return std::max<std::int64_t>(0, procBytes("/proc/self/status", "VmRSS:"));
}

std::int64_t peakResidentBytes() {
    return std::max<std::int64_t>(0, procBytes("/proc/self/status", "VmHWM:"));
}

void resetPeakResident() {
    std::ofstream("/proc/self/clear_refs") << "5";
}

std::int64_t availableBytes() {
    const std::int64_t free = procBytes("/proc/meminfo", "MemAvailable:");
    const std::int64_t limit = groupBytes("/sys/fs/cgroup/memory.max");
    const std::int64_t used = groupBytes("/sys/fs/cgroup/memory.current");
    const std::int64_t inGroup =
        limit > 0 && used >= 0 ? std::max<std::int64_t>(0, limit - used) : std::numeric_limits<std::int64_t>::max();
    return free < 0 ? inGroup : std::min(free, inGroup);
}

void giveBackMemory() {
    compat::emptyCardCache();
    if (mallctl) {
        // 4096 stands for all arenas (MALLCTL_ARENAS_ALL).
        mallctl("arena.4096.purge", nullptr, nullptr, nullptr, 0);
    }
    ::malloc_trim(0);
}

} // namespace generation
