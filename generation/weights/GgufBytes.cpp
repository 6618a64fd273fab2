#include "generation/weights/GgufBytes.h"

#include "generation/weights/MappedFile.h"
#include "generation/weights/WeightsError.h"

#include <algorithm>

namespace generation {

void GgufBytes::fail(const std::string& reason) const {
    throw WeightsError(m_file.path(), reason);
}

void GgufBytes::require(std::uint64_t count, std::uint64_t size) const {
    std::uint64_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > m_file.size() - std::min(position(), m_file.size())) {
        fail("cut off, or not GGUF: its header has a length beyond the end of the file");
    }
    if (bytes > kMaxGgufHeaderBytes - std::min(position(), kMaxGgufHeaderBytes)) {
        fail("its header is longer than " + std::to_string(kMaxGgufHeaderBytes / 1'000'000) + " MB");
    }
}

void GgufBytes::copy(void* to, std::size_t size) {
    require(1, size);
    auto* out = static_cast<char*>(to);
    while (size > 0) {
        if (m_next == m_filled) {
            m_offset += m_filled;
            m_next = 0;
            m_filled = m_file.read(m_offset, m_buffer);
            if (m_filled == 0) {
                fail("became shorter while it was read");
            }
        }
        const std::size_t part = std::min(size, m_filled - m_next);
        std::memcpy(out, m_buffer.data() + m_next, part);
        out += part;
        m_next += part;
        size -= part;
    }
}

std::string GgufBytes::text(std::uint64_t longest, const char* what) {
    const auto length = number<std::uint64_t>();
    require(length, 1);
    if (length > longest) {
        fail(std::string(what) + " of more than " + std::to_string(longest) + " bytes");
    }
    std::string value(length, '\0');
    copy(value.data(), value.size());
    return value;
}

void GgufBytes::skip(std::uint64_t count, std::uint64_t size) {
    require(count, size);
    const std::uint64_t bytes = count * size;
    if (bytes <= m_filled - m_next) {
        m_next += bytes;
        return;
    }
    m_offset = position() + bytes;
    m_next = 0;
    m_filled = 0;
}

} // namespace generation
