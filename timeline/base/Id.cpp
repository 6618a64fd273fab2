#include "timeline/base/Id.h"

#include <random>

namespace timeline {

std::uint64_t randomId() {
    std::random_device device;
    std::uint64_t bits = 0;
    while (bits == 0) {
        bits = (std::uint64_t{device()} << 32) | device();
    }
    return bits;
}

} // namespace timeline
