#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>

namespace generation {

class MappedFile;

/// The numbers and texts of a GGUF file's header, one after the other, read through a small buffer. Every length is
/// checked against what the file has left and against a limit for the whole header before anything is allocated; what
/// does not fit is a WeightsError.
/// Thread: one.
class GgufBytes {
public:
    explicit GgufBytes(const MappedFile& file) : m_file(file) {}

    /// From the file's start.
    std::uint64_t position() const { return m_offset + m_next; }

    template <class Number>
    Number number() {
        Number value;
        copy(&value, sizeof value);
        return value;
    }

    /// A length and as many bytes; longer than `longest` is an error that names `what`.
    std::string text(std::uint64_t longest, const char* what);

    void skipText() { skip(number<std::uint64_t>(), 1); }

    /// Leaves out count * size bytes.
    void skip(std::uint64_t count, std::uint64_t size);

    /// Throws unless count * size more bytes are there.
    void require(std::uint64_t count, std::uint64_t size) const;

    [[noreturn]] void fail(const std::string& reason) const;

private:
    void copy(void* to, std::size_t size);

    const MappedFile& m_file;
    std::array<char, 65536> m_buffer{};
    std::uint64_t m_offset = 0; ///< of the buffer in the file
    std::size_t m_next = 0;     ///< in the buffer
    std::size_t m_filled = 0;
};

/// The whole header: key-values, vocabulary and tensor list. Real ones take less than 20 MB.
inline constexpr std::uint64_t kMaxGgufHeaderBytes = 100'000'000;

} // namespace generation
