#include "ui/timeline/PromptBox.h"

#include <QFocusEvent>
#include <QKeyEvent>

namespace ui {

PromptBox::PromptBox(timeline::ItemId clip, timeline::GestureId gesture, const QString& text, QWidget* parent)
    : QPlainTextEdit(text, parent), m_clip(clip), m_gesture(gesture) {
    setObjectName(QStringLiteral("promptBox"));
    setAccessibleName(tr("Prompt"));
    setPlaceholderText(tr("What is to be seen here?"));
    setTabChangesFocus(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    selectAll();
}

void PromptBox::keyPressEvent(QKeyEvent* event) {
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && !(event->modifiers() & Qt::ShiftModifier)) {
        Q_EMIT accepted();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT rejected();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void PromptBox::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    // The context menu and input methods take the focus for a moment and give it back.
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason) {
        Q_EMIT accepted();
    }
}

} // namespace ui
