#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace generation::fuzz {

/// A file in memory with a path, rewritten for each input: the readers take paths, and a file on disk would be slow.
/// Thread: one.
class FuzzFile {
public:
    FuzzFile();
    ~FuzzFile();
    FuzzFile(const FuzzFile&) = delete;
    FuzzFile& operator=(const FuzzFile&) = delete;

    const std::string& holding(const std::uint8_t* data, std::size_t size);

private:
    int m_descriptor;
    std::string m_path;
};

} // namespace generation::fuzz
