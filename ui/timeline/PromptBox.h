#pragma once

#include "timeline/document/TimelineDocument.h"

#include <QPlainTextEdit>

namespace ui {

/// The text box that lies over a prompt clip while it is typed into. Return or a click elsewhere takes the text,
/// Shift+Return begins a line, Escape leaves the clip as it was.
/// Thread: GUI.
class PromptBox : public QPlainTextEdit {
    Q_OBJECT

public:
    PromptBox(timeline::ItemId clip, timeline::GestureId gesture, const QString& text, QWidget* parent);

    timeline::ItemId clip() const { return m_clip; }
    timeline::GestureId gesture() const { return m_gesture; }

Q_SIGNALS:
    void accepted();
    void rejected();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    timeline::ItemId m_clip;
    timeline::GestureId m_gesture;
};

} // namespace ui
