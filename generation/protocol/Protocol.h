#pragma once

#include <cstddef>
#include <stdexcept>

namespace generation {

/// What both ends of the pipe agree on. A hello with another number is another protocol.
inline constexpr int kProtocolVersion = 1;

/// Longest line, without its end, that either side accepts.
inline constexpr std::size_t kMaxLineBytes = std::size_t{1} << 20;

/// The bytes are not what the protocol says. what() names the field.
/// Thread: a value.
class ProtocolError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace generation
