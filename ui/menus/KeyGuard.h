#pragma once

#include <QObject>

namespace ui {

/// Lets a focused button, list, slider, box or number keep the keys it is operated with (Space, arrows, Return, Home,
/// End), which elsewhere in the window are shortcuts of the player. Numbers leave Undo to the film. Text fields do so
/// by themselves. Thread: GUI.
class KeyGuard : public QObject {
    Q_OBJECT

public:
    /// Watches the whole program for as long as it lives.
    explicit KeyGuard(QObject* parent);

    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace ui
