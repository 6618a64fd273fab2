#include "ui/prompt/VisitGesture.h"

#include <QEvent>
#include <QWidget>

namespace ui {

void VisitGesture::watch(QWidget* field) {
    field->installEventFilter(this);
}

bool VisitGesture::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) {
        m_id = timeline::newGesture();
    } else if (event->type() == QEvent::FocusOut) {
        m_id = 0;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ui
