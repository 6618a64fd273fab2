#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace generation {

/// A regular file, read-only in memory. The bytes are valid as long as the object lives; nothing is read before it is
/// touched. Anything but a regular file (a pipe, a device, a folder) is refused without blocking.
/// Thread: immutable after construction.
class MappedFile {
public:
    /// Throws WeightsError.
    explicit MappedFile(const std::string& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    const std::string& path() const { return m_path; }
    std::uint64_t size() const { return m_bytes.size(); }
    std::span<const std::byte> bytes() const { return m_bytes; }

    /// Copies up to `into.size()` bytes from `offset`, without mapping them; returns how many there were.
    std::size_t read(std::uint64_t offset, std::span<char> into) const;

    /// The bytes [begin, end) will be read soon: the kernel may begin to fetch them.
    void willNeed(std::uint64_t begin, std::uint64_t end) const;
    /// They will not be read soon: this process gives the memory back; the kernel may keep them in its cache.
    void release(std::uint64_t begin, std::uint64_t end) const;

private:
    std::string m_path;
    int m_descriptor = -1;
    std::span<const std::byte> m_bytes;
};

} // namespace generation
