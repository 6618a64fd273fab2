#pragma once

#include <QObject>
#include <QStringList>

class QAction;
class QMenu;
class QWidget;

namespace ui {

/// The File menu. It asks for file names; what is done with them is up to the window.
/// Thread: GUI.
class FileActions : public QObject {
    Q_OBJECT

public:
    explicit FileActions(QWidget* window);

    void fill(QMenu& menu) const;
    void setRecentProjects(const QStringList& paths);

Q_SIGNALS:
    void newRequested();
    void openRequested(const QString& path); ///< empty: ask which
    void saveRequested();
    void saveAsRequested();
    void importRequested();
    void exportRequested();
    void demoRequested();
    void settingsRequested();
    void quitRequested();

private:
    QAction* m_new;
    QAction* m_open;
    QMenu* m_recent;
    QAction* m_demo;
    QAction* m_save;
    QAction* m_saveAs;
    QAction* m_import;
    QAction* m_export;
    QAction* m_settings;
    QAction* m_quit;
};

} // namespace ui
