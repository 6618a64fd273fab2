#include "ui/menus/MakeAction.h"

namespace ui {

QAction* makeAction(QObject* owner, const char* name, const QString& text, const QList<QKeySequence>& shortcuts,
                    std::function<void()> triggered) {
    auto* action = new QAction(text, owner);
    action->setObjectName(QLatin1String(name));
    action->setShortcuts(shortcuts);
    QObject::connect(action, &QAction::triggered, owner, std::move(triggered));
    return action;
}

} // namespace ui
