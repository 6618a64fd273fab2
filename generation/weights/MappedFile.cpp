#include "generation/weights/MappedFile.h"

#include "generation/weights/WeightsError.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace generation {

MappedFile::MappedFile(const std::string& path) : m_path(path) {
    // Not blocking: opening a pipe for reading would wait for a writer.
    m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (m_descriptor < 0) {
        throw WeightsError(path, std::strerror(errno));
    }
    struct stat status{};
    const bool known = ::fstat(m_descriptor, &status) == 0;
    if (!known || !S_ISREG(status.st_mode)) {
        ::close(m_descriptor);
        throw WeightsError(path, "not a regular file");
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size == 0) {
        return; // an empty mapping is not allowed; an empty span is what it is
    }
    void* memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, m_descriptor, 0);
    if (memory == MAP_FAILED) {
        const int reason = errno;
        ::close(m_descriptor);
        throw WeightsError(path, std::string("cannot be mapped: ") + std::strerror(reason));
    }
    m_bytes = {static_cast<const std::byte*>(memory), size};
}

MappedFile::~MappedFile() {
    if (!m_bytes.empty()) {
        ::munmap(const_cast<std::byte*>(m_bytes.data()), m_bytes.size());
    }
    ::close(m_descriptor);
}

std::size_t MappedFile::read(std::uint64_t offset, std::span<char> into) const {
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t count =
            ::pread(m_descriptor, into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            throw WeightsError(m_path, std::strerror(errno));
        }
        if (count == 0) {
            break;
        }
        done += static_cast<std::size_t>(count);
    }
    return done;
}

void MappedFile::willNeed(std::uint64_t begin, std::uint64_t end) const {
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    begin = begin / page * page;
    if (begin < std::min(end, size())) {
        ::madvise(const_cast<std::byte*>(m_bytes.data()) + begin, std::min(end, size()) - begin, MADV_WILLNEED);
    }
}

void MappedFile::release(std::uint64_t begin, std::uint64_t end) const {
    // Only whole pages: those at the ends are shared with neighbours.
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    begin = (begin + page - 1) / page * page;
    end = std::min(end, size()) / page * page;
    if (begin < end) {
        ::madvise(const_cast<std::byte*>(m_bytes.data()) + begin, end - begin, MADV_DONTNEED);
    }
}

} // namespace generation
