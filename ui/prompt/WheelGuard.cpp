#include "ui/prompt/WheelGuard.h"

#include <QEvent>
#include <QWidget>

namespace ui {

void WheelGuard::watch(QWidget* field) {
    field->setFocusPolicy(Qt::StrongFocus);
    field->installEventFilter(this);
}

bool WheelGuard::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Wheel && !static_cast<QWidget*>(watched)->hasFocus()) {
        event->ignore(); // the parent gets it
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ui
