#pragma once

#include "timeline/base/Result.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace timeline {

struct JsonLimits {
    std::size_t depth = 0;       ///< objects and arrays inside each other
    std::size_t values = 0;      ///< values and keys
    std::size_t stringBytes = 0; ///< of the longest string, as written
    std::size_t treeBytes = 0;   ///< that the values take once they are parsed
    std::size_t itemBytes = 0;   ///< counted as well for each item: what is made of it
};

/// Where a value lies: the keys of the objects around it, from the outermost one on. At most kJsonPathKeys.
using JsonPath = std::vector<std::string_view>;
inline constexpr std::size_t kJsonPathKeys = 3;

/// What lies at a path: its text when it is a string, else what kind of value it is, and how it is written.
struct JsonFact {
    bool isThere = false;
    bool isString = false;
    std::string text; ///< of objects and arrays "{}" and "[]"
};

/// Reads JSON without keeping anything: ParseFailed with the place and cause, or where an item, which is the object
/// under "tracks" and every one in an item's list of "children", has no schema; TooLarge beyond the limits. A text that
/// passes can be parsed without surprises: it is well-formed, in UTF-8, and all its numbers are finite.
/// @return for each path what is there, as the parsed tree will have it: of keys that come twice, the last
Result<std::vector<JsonFact>> scanJson(std::string_view text, const JsonLimits& limits,
                                       std::span<const JsonPath> wanted);

} // namespace timeline
