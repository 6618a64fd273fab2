#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>

#include <functional>

namespace ui {

/// An action with its object name (tests and shortcut settings know it by that), text and shortcuts.
QAction* makeAction(QObject* owner, const char* name, const QString& text, const QList<QKeySequence>& shortcuts,
                    std::function<void()> triggered);

} // namespace ui
