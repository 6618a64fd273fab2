#pragma once

#include <map>
#include <string>

namespace generation::fuzz {

/// Well-formed inputs to start from, by name.
using Seeds = std::map<std::string, std::string>;

/// Each target defines what it starts from; `TARGET --write-seeds DIR` writes them there and ends.
Seeds seeds();

/// A number's bytes, as the files have them.
template <class Number>
std::string bytesOf(Number value) {
    return {reinterpret_cast<const char*>(&value), sizeof value};
}

} // namespace generation::fuzz
