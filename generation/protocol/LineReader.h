#pragma once

#include "generation/protocol/Protocol.h"

#include <cstddef>
#include <optional>
#include <string>

namespace generation {

/// Lines from a file descriptor, one at a time, without their ends ("\n" or "\r\n"). Bounded: of a line over
/// kMaxLineBytes nothing is kept but the fact.
/// Thread: the one that reads; it blocks.
class LineReader {
public:
    explicit LineReader(int descriptor);

    /// Absent at the end of the input (or when it broke). Throws ProtocolError for a line that is too long; the next
    /// call goes on behind it. A last line without its end counts.
    std::optional<std::string> next();

private:
    bool fill();

    int m_descriptor;
    std::string m_buffer; ///< read but not given out yet, from m_start on
    std::size_t m_start = 0;
    bool m_ended = false;
};

/// Writes the whole line and its end; false when the other side is gone. SIGPIPE must be ignored.
bool writeLine(int descriptor, const std::string& line);

} // namespace generation
