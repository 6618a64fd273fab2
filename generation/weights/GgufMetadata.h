#pragma once

#include "generation/weights/GgufHeader.h"

#include <set>
#include <string>

namespace generation {

class GgufBytes;

/// Reads the key-values of a GGUF file. Those that matter are kept, the rest is only walked over.
/// Thread: one.
class GgufMetadataReader {
public:
    explicit GgufMetadataReader(GgufBytes& bytes) : m_bytes(bytes) {}

    void read(std::uint64_t count);

    GgufMetadata take() && { return std::move(m_kept); }
    std::uint64_t alignment() const { return m_alignment; }
    /// The shape that the file remembers for a tensor, or null.
    const std::vector<std::int64_t>* originalShape(const std::string& tensor) const;

private:
    void readValue(const std::string& key);
    void readList(const std::string& key, bool isKept);
    void readTexts(const std::string& key, std::uint64_t count, bool isKept);
    void skipValue(std::uint32_t type);
    std::int64_t readWhole(std::uint32_t type);
    void setAlignment(std::int64_t alignment);
    void countText(std::size_t bytes);

    GgufBytes& m_bytes;
    GgufMetadata m_kept;
    std::set<std::string> m_keys;
    std::map<std::string, std::vector<std::int64_t>> m_originalShapes;
    std::uint64_t m_alignment = 32;
    std::size_t m_textBytes = 0;
};

} // namespace generation
