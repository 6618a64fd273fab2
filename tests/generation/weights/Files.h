#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace generation::test {

/// A folder that goes away with the object.
/// Thread: one.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "fantascope-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) {
            throw std::runtime_error("no temporary folder");
        }
        m_path = pattern;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::string file(const std::string& name) const { return (m_path / name).string(); }
    std::string path() const { return m_path.string(); }

private:
    std::filesystem::path m_path;
};

inline void writeFile(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

/// The eight bytes that begin a safetensors file.
inline std::string littleEndian(std::uint64_t number) {
    std::string bytes;
    for (int i = 0; i < 8; ++i, number >>= 8U) {
        bytes += static_cast<char>(number & 0xFFU);
    }
    return bytes;
}

/// A file in the format, whatever the header says.
inline std::string safetensorsBytes(const std::string& header, const std::string& data) {
    return littleEndian(header.size()) + header + data;
}

} // namespace generation::test
