#pragma once

#include "generation/protocol/Protocol.h"

#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace generation {

/// The names that an enumeration's values have on the wire.
template <class Value, std::size_t N>
using Names = std::array<std::pair<Value, const char*>, N>;

template <class Value, std::size_t N>
const char* nameOf(const Names<Value, N>& names, Value value) {
    for (const auto& [entry, name] : names) {
        if (entry == value) {
            return name;
        }
    }
    throw ProtocolError("unknown value of an enumeration");
}

/// Throws ProtocolError naming the field and what it may be.
template <class Value, std::size_t N>
Value valueOf(const Names<Value, N>& names, const std::string& text, const char* field) {
    std::string known;
    for (const auto& [value, name] : names) {
        if (text == name) {
            return value;
        }
        known += (known.empty() ? "" : ", ") + std::string(name);
    }
    throw ProtocolError(std::string(field) + ": not one of " + known);
}

} // namespace generation
