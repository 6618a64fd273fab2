#pragma once

#include <QObject>

class QWidget;

namespace ui {

/// Keeps the wheel from changing a field that is merely scrolled past: it turns the field in focus, and else the panel
/// around it.
/// Thread: GUI.
class WheelGuard : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    void watch(QWidget* field); ///< which no longer gets the focus by the wheel either

    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace ui
