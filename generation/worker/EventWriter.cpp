#include "generation/worker/EventWriter.h"

#include "generation/protocol/LineReader.h"

namespace generation {

void EventWriter::send(const Event& event) {
    const std::string line = toJsonLine(event);
    const std::lock_guard lock(m_mutex);
    m_broken = m_broken || !writeLine(m_descriptor, line);
}

} // namespace generation
