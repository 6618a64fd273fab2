#pragma once

#include "timeline/base/Metadata.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace timeline {

/// The member, or null when `object` is no object or has none.
inline const Json* member(const Json& object, const char* key) {
    if (!object.is_object()) {
        return nullptr;
    }
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

inline std::string textAt(const Json& object, const char* key, const std::string& fallback = {}) {
    const Json* value = member(object, key);
    return value && value->is_string() ? value->get<std::string>() : fallback;
}

inline bool flagAt(const Json& object, const char* key, bool fallback) {
    const Json* value = member(object, key);
    return value && value->is_boolean() ? value->get<bool>() : fallback;
}

/// The number, when it is one and lies in [low, high].
inline std::optional<double> numberAt(const Json& object, const char* key, double low, double high) {
    const Json* value = member(object, key);
    if (!value || !value->is_number()) {
        return std::nullopt;
    }
    const auto number = value->get<double>();
    return number >= low && number <= high ? std::optional(number) : std::nullopt;
}

/// The whole number, when it is one and lies in [low, high]. JSON's 5 and 5.0 are both whole.
template <std::integral T>
std::optional<T> wholeAt(const Json& object, const char* key, T low, T high) {
    const auto checked = [&](auto number) -> std::optional<T> {
        return std::cmp_greater_equal(number, low) && std::cmp_less_equal(number, high)
                   ? std::optional(static_cast<T>(number))
                   : std::nullopt;
    };
    const Json* value = member(object, key);
    if (value && value->is_number_unsigned()) {
        return checked(value->get<std::uint64_t>());
    }
    if (value && value->is_number_integer()) {
        return checked(value->get<std::int64_t>());
    }
    if (value && value->is_number_float()) {
        constexpr double lastExact = 9007199254740992.0;
        const auto number = value->get<double>();
        const bool isExact = number == std::floor(number) && std::abs(number) <= lastExact;
        return isExact ? checked(static_cast<std::int64_t>(number)) : std::nullopt;
    }
    return std::nullopt;
}

/// Writes the member, or takes it out when it is the default.
template <typename T>
void putUnlessDefault(Json& object, const char* key, const T& value, const T& fallback) {
    if (value == fallback) {
        object.erase(key);
    } else {
        object[key] = value;
    }
}

template <typename T>
void putIfSet(Json& object, const char* key, const std::optional<T>& value) {
    if (value) {
        object[key] = *value;
    } else {
        object.erase(key);
    }
}

/// What lies under metadata["fantascope"]: an object, empty when there is none.
Json ourMetadata(const Metadata& metadata);
/// With that object replaced; an empty one goes.
Metadata withOurMetadata(const Metadata& metadata, Json ours);

} // namespace timeline
