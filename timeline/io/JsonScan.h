#pragma once

#include "timeline/base/Result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace timeline {

struct JsonLimits {
    std::size_t depth = 0;       ///< objects and arrays inside each other
    std::size_t values = 0;      ///< values and keys
    std::size_t stringBytes = 0; ///< of the longest string, as written
};

/// Reads JSON without keeping anything: ParseFailed with the place and cause, TooLarge beyond the limits. A text that
/// passes can be parsed without surprises: it is well-formed, in UTF-8, and all its numbers are finite.
/// @return the text under "OTIO_SCHEMA" of the outermost object; empty when there is none
Result<std::string> scanJson(std::string_view text, const JsonLimits& limits);

} // namespace timeline
