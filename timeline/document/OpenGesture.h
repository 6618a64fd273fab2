#pragma once

#include "timeline/document/TimelineDocument.h"

namespace timeline {

/// A drag in progress, which applies one whole value after another, each made from the value at its start. As long as
/// it lives the document's whenSettled() waits. An edit that does not wait, and undo, end it: what it would apply from
/// then on is made from what is no longer there, and is left out.
/// Thread: the GUI thread.
class OpenGesture {
public:
    explicit OpenGesture(TimelineDocument& document);
    ~OpenGesture();

    OpenGesture(const OpenGesture&) = delete;
    OpenGesture& operator=(const OpenGesture&) = delete;

    const TimelinePtr& before() const { return m_before; }
    bool isOpen() const;
    /// As TimelineDocument::apply(); nothing, and no error, when it is no longer open.
    Result<void> apply(const QString& text, Result<Timeline> edited);
    /// Back to before it, without a step to redo.
    void cancel();

private:
    TimelineDocument& m_document;
    TimelinePtr m_before;
    GestureId m_id;
};

} // namespace timeline
