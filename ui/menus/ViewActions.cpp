#include "ui/menus/ViewActions.h"

#include "ui/menus/MakeAction.h"
#include "ui/timeline/TimelineView.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>

namespace ui {

ViewActions::ViewActions(TimelineView& timeline, QMainWindow& window) : QObject(&window), m_window(window) {
    m_zoomIn = makeAction(this, "zoomIn", tr("Zoom &In"), {QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_Equal)},
                          [&timeline] { timeline.zoomBy(1.5); });
    m_zoomOut = makeAction(this, "zoomOut", tr("Zoom &Out"), {QKeySequence(Qt::Key_Minus)},
                           [&timeline] { timeline.zoomBy(1.0 / 1.5); });
    m_fit = makeAction(this, "zoomFit", tr("Show &Whole Film"), {QKeySequence(Qt::SHIFT | Qt::Key_Z)},
                       [&timeline] { timeline.zoomToFit(); });
    m_snap = makeAction(this, "snap", tr("&Snap"), {QKeySequence(Qt::Key_S)}, [] {});
    m_snap->setCheckable(true);
    m_snap->setChecked(timeline.isSnapping());
    connect(m_snap, &QAction::toggled, &timeline, &TimelineView::setSnapping);
    connect(&timeline, &TimelineView::snappingChanged, m_snap, &QAction::setChecked);
    m_fullScreen = makeAction(this, "fullScreen", tr("&Full Screen"), {QKeySequence(Qt::Key_F11)},
                              [this] { m_window.setWindowState(m_window.windowState() ^ Qt::WindowFullScreen); });
}

void ViewActions::fill(QMenu& menu) const {
    menu.addActions({m_zoomIn, m_zoomOut, m_fit, m_snap});
    menu.addSeparator();
    for (const QDockWidget* dock : m_window.findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly)) {
        menu.addAction(dock->toggleViewAction());
    }
    menu.addSeparator();
    menu.addAction(m_fullScreen);
}

} // namespace ui
