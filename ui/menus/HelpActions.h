#pragma once

#include <QObject>

class QAction;
class QMainWindow;
class QMenu;

namespace ui {

/// The Help menu: all shortcuts in one list, and About.
/// Thread: GUI.
class HelpActions : public QObject {
    Q_OBJECT

public:
    explicit HelpActions(QMainWindow& window);

    void fill(QMenu& menu) const;

private:
    void showShortcuts();

    QMainWindow& m_window;
    QAction* m_shortcuts;
    QAction* m_about;
};

} // namespace ui
