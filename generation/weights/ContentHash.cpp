#include "generation/weights/ContentHash.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace generation {

namespace {

constexpr std::uint64_t kOdd1 = 0x9E3779B185EBCA87ULL;
constexpr std::uint64_t kOdd2 = 0xD6E8FEB86659FD93ULL;

std::uint64_t littleEndian(const std::byte* from) {
    std::uint64_t word = 0;
    std::memcpy(&word, from, sizeof word);
    if constexpr (std::endian::native == std::endian::big) {
        word = __builtin_bswap64(word);
    }
    return word;
}

/// Every bit of the result depends on every bit of the word.
std::uint64_t scramble(std::uint64_t word) {
    word = (word ^ (word >> 32U)) * kOdd2;
    word = (word ^ (word >> 32U)) * kOdd2;
    return word ^ (word >> 32U);
}

} // namespace

void ContentHash::mix(const std::byte* block) {
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        m_lanes[i] = std::rotl(m_lanes[i] + littleEndian(block + 8 * i) * kOdd2, 31) * kOdd1;
    }
}

void ContentHash::add(std::span<const std::byte> bytes) {
    m_length += bytes.size();
    if (m_restSize > 0) {
        const std::size_t taken = std::min(kBlock - m_restSize, bytes.size());
        std::copy_n(bytes.begin(), taken, m_rest.begin() + static_cast<std::ptrdiff_t>(m_restSize));
        m_restSize += taken;
        bytes = bytes.subspan(taken);
        if (m_restSize < kBlock) {
            return;
        }
        mix(m_rest.data());
        m_restSize = 0;
    }
    for (; bytes.size() >= kBlock; bytes = bytes.subspan(kBlock)) {
        mix(bytes.data());
    }
    std::copy(bytes.begin(), bytes.end(), m_rest.begin());
    m_restSize = bytes.size();
}

std::string ContentHash::hex() const {
    ContentHash last = *this;
    std::fill(last.m_rest.begin() + static_cast<std::ptrdiff_t>(m_restSize), last.m_rest.end(), std::byte{0});
    last.mix(last.m_rest.data());
    std::array<std::uint64_t, 2> halves{scramble(m_length), scramble(m_length + 1)};
    for (std::size_t i = 0; i < last.m_lanes.size(); ++i) {
        halves[0] = scramble(halves[0] + last.m_lanes[i]);
        halves[1] = scramble(halves[1] ^ last.m_lanes[last.m_lanes.size() - 1 - i]);
    }
    std::string text;
    for (const std::uint64_t half : halves) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            text += "0123456789abcdef"[half >> static_cast<unsigned>(shift) & 15U];
        }
    }
    return text;
}

} // namespace generation
