#include "tests/fuzz/FuzzFile.h"

#include <cstdlib>

#include <sys/mman.h>
#include <unistd.h>

namespace generation::fuzz {

FuzzFile::FuzzFile() : m_descriptor(memfd_create("input", MFD_CLOEXEC)) {
    if (m_descriptor < 0) {
        std::abort();
    }
    m_path = "/proc/self/fd/" + std::to_string(m_descriptor);
}

FuzzFile::~FuzzFile() {
    ::close(m_descriptor);
}

const std::string& FuzzFile::holding(const std::uint8_t* data, std::size_t size) {
    if (::ftruncate(m_descriptor, 0) != 0 || ::pwrite(m_descriptor, data, size, 0) != static_cast<ssize_t>(size)) {
        std::abort();
    }
    return m_path;
}

} // namespace generation::fuzz
