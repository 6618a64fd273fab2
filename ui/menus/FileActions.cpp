#include "ui/menus/FileActions.h"

#include "ui/menus/MakeAction.h"

#include <QFileInfo>
#include <QMenu>
#include <QWidget>

namespace ui {

FileActions::FileActions(QWidget* window) : QObject(window), m_recent(new QMenu(tr("Open &Recent"), window)) {
    m_new = makeAction(this, "fileNew", tr("&New Project"), {QKeySequence::New}, [this] { Q_EMIT newRequested(); });
    m_open = makeAction(this, "fileOpen", tr("&Open…"), {QKeySequence::Open}, [this] { Q_EMIT openRequested({}); });
    m_demo = makeAction(this, "fileDemo", tr("Open &Demo Project"), {}, [this] { Q_EMIT demoRequested(); });
    m_save = makeAction(this, "fileSave", tr("&Save"), {QKeySequence::Save}, [this] { Q_EMIT saveRequested(); });
    m_saveAs = makeAction(this, "fileSaveAs", tr("Save &As…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)},
                          [this] { Q_EMIT saveAsRequested(); });
    m_import = makeAction(this, "fileImport", tr("&Import Media…"), {QKeySequence(Qt::CTRL | Qt::Key_I)},
                          [this] { Q_EMIT importRequested(); });
    m_export = makeAction(this, "fileExport", tr("&Export…"), {QKeySequence(Qt::CTRL | Qt::Key_E)},
                          [this] { Q_EMIT exportRequested(); });
    m_settings = makeAction(this, "fileSettings", tr("Se&ttings…"), {QKeySequence(Qt::CTRL | Qt::Key_Comma)},
                            [this] { Q_EMIT settingsRequested(); });
    m_quit = makeAction(this, "fileQuit", tr("&Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)},
                        [this] { Q_EMIT quitRequested(); });
    m_recent->setObjectName(QStringLiteral("recentMenu"));
    setRecentProjects({});
}

void FileActions::fill(QMenu& menu) const {
    menu.addActions({m_new, m_open});
    menu.addMenu(m_recent);
    menu.addAction(m_demo);
    menu.addSeparator();
    menu.addActions({m_save, m_saveAs});
    menu.addSeparator();
    menu.addActions({m_import, m_export});
    menu.addSeparator();
    menu.addAction(m_settings);
    menu.addSeparator();
    menu.addAction(m_quit);
}

void FileActions::setRecentProjects(const QStringList& paths) {
    m_recent->clear();
    for (const QString& path : paths) {
        QAction* action = m_recent->addAction(QFileInfo(path).completeBaseName());
        action->setToolTip(path);
        connect(action, &QAction::triggered, this, [this, path] { Q_EMIT openRequested(path); });
    }
    m_recent->setEnabled(!paths.isEmpty());
}

} // namespace ui
