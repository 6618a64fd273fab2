#include "generation/device/OutOfMemory.h"

#include <c10/util/Exception.h>

#include <new>
#include <string_view>

namespace generation {

bool isOutOfMemory(const std::exception& error) {
    if (dynamic_cast<const std::bad_alloc*>(&error) || dynamic_cast<const c10::OutOfMemoryError*>(&error)) {
        return true;
    }
    // The CPU's allocator throws a plain error.
    const auto* torch = dynamic_cast<const c10::Error*>(&error);
    const std::string_view text = torch ? torch->what_without_backtrace() : "";
    return text.find("allocate memory") != std::string_view::npos ||
           text.find("out of memory") != std::string_view::npos;
}

} // namespace generation
