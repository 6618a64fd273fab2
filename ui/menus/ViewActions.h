#pragma once

#include <QObject>

class QAction;
class QMainWindow;
class QMenu;

namespace ui {

class TimelineView;

/// The View menu: zoom of the timeline, snapping, panels, full screen.
/// Thread: GUI.
class ViewActions : public QObject {
    Q_OBJECT

public:
    ViewActions(TimelineView& timeline, QMainWindow& window);

    void fill(QMenu& menu) const; ///< call when the window has its docks

private:
    QMainWindow& m_window;
    QAction* m_zoomIn;
    QAction* m_zoomOut;
    QAction* m_fit;
    QAction* m_snap;
    QAction* m_fullScreen;
};

} // namespace ui
