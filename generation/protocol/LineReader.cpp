#include "generation/protocol/LineReader.h"

#include <array>
#include <cerrno>

#include <unistd.h>

namespace generation {

LineReader::LineReader(int descriptor) : m_descriptor(descriptor) {}

bool LineReader::fill() {
    if (m_ended) {
        return false;
    }
    m_buffer.erase(0, m_start);
    m_start = 0;
    std::array<char, 1 << 16> bytes;
    ssize_t got = 0;
    do {
        got = ::read(m_descriptor, bytes.data(), bytes.size());
    } while (got < 0 && errno == EINTR);
    if (got <= 0) {
        m_ended = true;
        return false;
    }
    m_buffer.append(bytes.data(), static_cast<std::size_t>(got));
    return true;
}

std::optional<std::string> LineReader::next() {
    std::size_t searched = m_start;
    bool tooLong = false;
    for (;;) {
        const std::size_t end = m_buffer.find('\n', searched);
        if (end != std::string::npos || m_ended) {
            const bool atEnd = end == std::string::npos;
            std::string line = m_buffer.substr(m_start, atEnd ? std::string::npos : end - m_start);
            m_start = atEnd ? m_buffer.size() : end + 1;
            if (tooLong || line.size() > kMaxLineBytes + 1) {
                throw ProtocolError("line of more than " + std::to_string(kMaxLineBytes) + " bytes");
            }
            if (atEnd && line.empty()) {
                return std::nullopt;
            }
            if (line.ends_with('\r')) {
                line.pop_back();
            }
            return line;
        }
        if (m_buffer.size() - m_start > kMaxLineBytes + 1) {
            tooLong = true;
            m_buffer.clear();
            m_start = 0;
        }
        const std::size_t kept = m_buffer.size() - m_start;
        fill();
        searched = m_start + kept;
    }
}

bool writeLine(int descriptor, const std::string& line) {
    const std::string bytes = line + '\n';
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t put = ::write(descriptor, bytes.data() + done, bytes.size() - done);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return false;
        }
        done += static_cast<std::size_t>(put);
    }
    return true;
}

} // namespace generation
