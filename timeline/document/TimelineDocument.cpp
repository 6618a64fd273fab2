#include "timeline/document/TimelineDocument.h"

#include <QUndoCommand>
#include <QUndoStack>

#include <memory>

#include <utility>

namespace timeline {

namespace {

/// All steps of gestures have one QUndoCommand id, so that the stack tries to merge them.
constexpr int kGestureCommandId = 1;

} // namespace

GestureId newGesture() {
    return randomId();
}

/// The one undo command: swaps whole values.
class TimelineDocument::Command : public QUndoCommand {
public:
    Command(TimelineDocument& document, const QString& text, TimelinePtr after, GestureId gesture)
        : QUndoCommand(text), m_document(document), m_before(document.m_timeline), m_after(std::move(after)),
          m_gesture(gesture) {}

    void undo() override {
        m_document.setOpenGesture(0);
        m_document.setTimeline(m_before);
    }
    void redo() override {
        if (m_gesture != m_document.openGesture()) {
            m_document.setOpenGesture(0);
        }
        m_document.setTimeline(m_after);
    }

    int id() const override { return m_gesture == 0 ? -1 : kGestureCommandId; }

    bool mergeWith(const QUndoCommand* other) override {
        const auto* next = static_cast<const Command*>(other); // same id(), so same class
        if (next->m_gesture != m_gesture) {
            return false;
        }
        m_after = next->m_after;
        setText(next->text());
        setObsolete(*m_before == *m_after);
        return true;
    }

    GestureId gesture() const { return m_gesture; }
    const TimelinePtr& before() const { return m_before; }

private:
    TimelineDocument& m_document;
    TimelinePtr m_before;
    TimelinePtr m_after;
    GestureId m_gesture;
};

TimelineDocument::TimelineDocument(QObject* parent)
    : QObject(parent), m_timeline(std::make_shared<const Timeline>()), m_undoStack(new QUndoStack(this)) {
    m_undoStack->setUndoLimit(kUndoLimit);
    connect(m_undoStack, &QUndoStack::cleanChanged, this, [this](bool isClean) { Q_EMIT modifiedChanged(!isClean); });
}

TimelineDocument::~TimelineDocument() = default;

void TimelineDocument::reset(Timeline timeline, const QString& filePath) {
    m_waiting.clear();
    setOpenGesture(0);
    m_timeline = std::make_shared<const Timeline>(std::move(timeline));
    m_undoStack->clear();
    if (m_filePath != filePath) {
        m_filePath = filePath;
        Q_EMIT filePathChanged(m_filePath);
    }
    Q_EMIT wasReset();
}

Result<void> TimelineDocument::apply(const QString& text, Result<Timeline> edited, GestureId gesture) {
    if (!edited) {
        return edited.error();
    }
    const Command* last = lastCommand();
    const bool continuesGesture = gesture != 0 && last && last->gesture() == gesture;
    if (*edited == *m_timeline && !continuesGesture) {
        return {};
    }
    auto after = std::make_shared<const Timeline>(*std::move(edited));
    m_undoStack->push(new Command(*this, text, std::move(after), gesture));
    return {};
}

void TimelineDocument::cancelGesture(GestureId gesture) {
    const Command* last = lastCommand();
    if (gesture != 0 && last && last->gesture() == gesture) {
        // Merges into a step that changes nothing, which the stack throws away.
        m_undoStack->push(new Command(*this, last->text(), last->before(), gesture));
    }
}

void TimelineDocument::setOpenGesture(GestureId gesture) {
    m_openGesture = gesture;
    if (gesture == 0 && !m_waiting.empty()) {
        // Not inside the hand's own event: it may be in the middle of putting its drag away.
        QMetaObject::invokeMethod(this, &TimelineDocument::runWaiting, Qt::QueuedConnection);
    }
}

void TimelineDocument::whenSettled(std::function<void()> edit) {
    if (m_openGesture == 0 && m_waiting.empty()) {
        edit();
    } else {
        m_waiting.push_back(std::move(edit));
    }
}

void TimelineDocument::runWaiting() {
    if (m_openGesture != 0) {
        return; // the next drag has begun
    }
    for (const auto& edit : std::exchange(m_waiting, {})) {
        edit();
    }
}

bool TimelineDocument::isModified() const {
    return !m_undoStack->isClean();
}

void TimelineDocument::markSaved(const QString& filePath) {
    if (m_filePath != filePath) {
        m_filePath = filePath;
        Q_EMIT filePathChanged(m_filePath);
    }
    m_undoStack->setClean();
}

const TimelineDocument::Command* TimelineDocument::lastCommand() const {
    return static_cast<const Command*>(m_undoStack->command(m_undoStack->index() - 1)); // null when there is none
}

void TimelineDocument::setTimeline(TimelinePtr timeline) {
    if (timeline == m_timeline) {
        return;
    }
    const TimelinePtr before = std::exchange(m_timeline, std::move(timeline));
    const TimelineChange change = changeBetween(*before, *m_timeline);
    Q_EMIT changed(change);
}

} // namespace timeline
