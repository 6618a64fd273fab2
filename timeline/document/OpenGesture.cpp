#include "timeline/document/OpenGesture.h"

namespace timeline {

OpenGesture::OpenGesture(TimelineDocument& document)
    : m_document(document), m_before(document.timeline()), m_id(newGesture()) {
    m_document.setOpenGesture(m_id);
}

OpenGesture::~OpenGesture() {
    if (isOpen()) {
        m_document.setOpenGesture(0);
    }
}

bool OpenGesture::isOpen() const {
    return m_document.openGesture() == m_id;
}

Result<void> OpenGesture::apply(const QString& text, Result<Timeline> edited) {
    return isOpen() ? m_document.apply(text, std::move(edited), m_id) : Result<void>();
}

void OpenGesture::cancel() {
    if (isOpen()) {
        m_document.cancelGesture(m_id);
        m_document.setOpenGesture(0);
    }
}

} // namespace timeline
