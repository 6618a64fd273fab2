#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace generation {

/// A fast 128-bit hash of bytes that come in pieces. It tells files apart; it does not withstand forgery.
/// The same bytes in other pieces give the same hash.
/// Thread: one.
class ContentHash {
public:
    void add(std::span<const std::byte> bytes);
    /// 32 hex digits of what was added so far.
    std::string hex() const;

private:
    void mix(const std::byte* block);

    static constexpr std::size_t kBlock = 32;
    std::array<std::uint64_t, 4> m_lanes{0x9E3779B97F4A7C15ULL, 0xC2B2AE3D27D4EB4FULL, 0x165667B19E3779F9ULL,
                                         0x27D4EB2F165667C5ULL};
    std::array<std::byte, kBlock> m_rest{};
    std::size_t m_restSize = 0;
    std::uint64_t m_length = 0;
};

} // namespace generation
