#include "ui/menus/KeyGuard.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QScrollBar>

namespace ui {
namespace {

bool keeps(const QObject* widget, int key) {
    const bool isArrow = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
    const bool isJump = key == Qt::Key_Home || key == Qt::Key_End || key == Qt::Key_PageUp || key == Qt::Key_PageDown;
    const bool isPress = key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter;
    if (qobject_cast<const QAbstractButton*>(widget)) {
        return key == Qt::Key_Space;
    }
    if (qobject_cast<const QAbstractSpinBox*>(widget)) {
        return key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown;
    }
    if (qobject_cast<const QAbstractItemView*>(widget) || qobject_cast<const QComboBox*>(widget)) {
        return isArrow || isJump || isPress;
    }
    return qobject_cast<const QAbstractSlider*>(widget) && (isArrow || isJump);
}

bool isUndoOrRedo(const QKeyEvent& key) {
    const bool isControl = key.modifiers() & Qt::ControlModifier;
    return isControl && (key.key() == Qt::Key_Z || key.key() == Qt::Key_Y);
}

} // namespace

KeyGuard::KeyGuard(QObject* parent) : QObject(parent) {
    QCoreApplication::instance()->installEventFilter(this);
}

bool KeyGuard::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (qobject_cast<const QAbstractSpinBox*>(watched) && isUndoOrRedo(*key)) {
            event->ignore(); // its text has an undo of its own, of which the film knows nothing
            return true;
        }
        const bool isPlain = !(key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier));
        if (isPlain && keeps(watched, key->key())) {
            event->accept();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ui
