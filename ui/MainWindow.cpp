#include "ui/MainWindow.h"

#include "ui/StatusLine.h"
#include "ui/bin/MediaBin.h"
#include "ui/dialogs/ExportIndicator.h"
#include "ui/dialogs/ProjectFileDialogs.h"
#include "ui/dialogs/SettingsDialog.h"
#include "ui/dialogs/UnsavedGuard.h"
#include "ui/menus/EditActions.h"
#include "ui/menus/FileActions.h"
#include "ui/menus/GenerateActions.h"
#include "ui/menus/HelpActions.h"
#include "ui/menus/KeyGuard.h"
#include "ui/menus/PlaybackActions.h"
#include "ui/menus/ViewActions.h"
#include "ui/monitor/Monitor.h"
#include "ui/monitor/Transport.h"
#include "ui/prompt/ShotPanel.h"
#include "ui/queue/JobList.h"
#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/state/ShotStates.h"
#include "ui/timeline/TimelineCanvas.h"
#include "ui/timeline/TimelineView.h"

#include "timeline/document/TimelineDocument.h"
#include "timeline/model/Query.h"

#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QScreen>
#include <QStatusBar>

namespace ui {
namespace {

constexpr int kStatusMilliseconds = 6000;
constexpr int kTitleBar = 40; ///< about as much room as a window manager takes for itself

QDockWidget* makeDock(QMainWindow* window, const char* name, const QString& title, QWidget* content) {
    auto* dock = new QDockWidget(title, window);
    dock->setObjectName(QLatin1String(name));
    dock->setWidget(content);
    return dock;
}

} // namespace

MainWindow::MainWindow(const WindowModels& models, QWidget* parent)
    : QMainWindow(parent), m_document(models.document), m_projects(models.projects), m_playhead(new Playhead(this)),
      m_selection(new Selection(this)), m_states(new ShotStates(this)) {
    setObjectName(QStringLiteral("mainWindow"));
    resize(QSize(1280, 800).boundedTo(screen()->availableSize() - QSize(0, kTitleBar)));
    m_guard = new UnsavedGuard(m_document, this, [this] { return save(); });
    buildPanels(models);
    arrange();
    buildMenus();
    buildStatusBar();
    connectFile();
    connectParts();
    new KeyGuard(this);
    refreshTitle();
    refreshSequence();
    m_timeline->canvas().setFocus(Qt::OtherFocusReason);
}

MainWindow::~MainWindow() = default;

void MainWindow::buildPanels(const WindowModels& models) {
    m_bin = new MediaBin(models.media, this);
    m_monitor = new Monitor(*m_playhead, models.vulkan, this);
    m_timeline = new TimelineView({m_document, *m_selection, *m_playhead, *m_states, models.art}, this);
    m_panel = new ShotPanel({m_document, *m_selection, *m_playhead, *m_states, models.art}, this);
    m_jobs = new JobList(models.jobs, this);
    m_export = new ExportDialog(models.presets, this);
    m_settings = new SettingsDialog(this);
}

void MainWindow::arrange() {
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setDockOptions(AnimatedDocks | AllowTabbedDocks | AllowNestedDocks);
    setCentralWidget(m_monitor);
    QDockWidget* media = makeDock(this, "mediaDock", tr("Media"), m_bin);
    QDockWidget* jobs = makeDock(this, "jobDock", tr("Jobs"), m_jobs);
    QDockWidget* shot = makeDock(this, "shotDock", tr("What the Model Sees"), m_panel);
    QDockWidget* timeline = makeDock(this, "timelineDock", tr("Timeline"), m_timeline);
    addDockWidget(Qt::LeftDockWidgetArea, media);
    addDockWidget(Qt::LeftDockWidgetArea, jobs);
    addDockWidget(Qt::RightDockWidgetArea, shot);
    addDockWidget(Qt::BottomDockWidgetArea, timeline);
    resizeDocks({media, shot}, {260, 320}, Qt::Horizontal);
    resizeDocks({media, jobs}, {240, 150}, Qt::Vertical);
    resizeDocks({timeline}, {360}, Qt::Vertical);
}

void MainWindow::buildMenus() {
    m_fileActions = new FileActions(this);
    m_editActions = new EditActions({m_document, *m_selection, *m_playhead, *m_timeline}, this);
    m_playbackActions = new PlaybackActions(m_document, *m_playhead, m_monitor->transport(), this);
    m_generateActions = new GenerateActions({m_document, *m_selection, *m_playhead, *m_panel, *m_states}, this);
    m_viewActions = new ViewActions(*m_timeline, *this);
    m_helpActions = new HelpActions(*this);
    m_fileActions->fill(*menuBar()->addMenu(tr("&File")));
    m_editActions->fill(*menuBar()->addMenu(tr("&Edit")));
    m_playbackActions->fill(*menuBar()->addMenu(tr("&Playback")));
    m_generateActions->fill(*menuBar()->addMenu(tr("&Generate")));
    m_viewActions->fill(*menuBar()->addMenu(tr("&View")));
    m_helpActions->fill(*menuBar()->addMenu(tr("&Help")));
}

void MainWindow::buildStatusBar() {
    m_problem = new StatusLine(this);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(m_problem, 1);
    statusBar()->addPermanentWidget(new ExportIndicator(*m_export, this));
}

void MainWindow::connectFile() {
    connect(m_fileActions, &FileActions::newRequested, this,
            [this] { guarded([this] { m_projects.createProject(); }); });
    connect(m_fileActions, &FileActions::demoRequested, this, [this] { guarded([this] { m_projects.openDemo(); }); });
    connect(m_fileActions, &FileActions::openRequested, this, &MainWindow::openProject);
    connect(m_fileActions, &FileActions::saveRequested, this, &MainWindow::save);
    connect(m_fileActions, &FileActions::saveAsRequested, this, &MainWindow::saveAs);
    connect(m_fileActions, &FileActions::importRequested, m_bin, &MediaBin::chooseFiles);
    connect(m_fileActions, &FileActions::exportRequested, this, &MainWindow::openExport);
    connect(m_fileActions, &FileActions::settingsRequested, this, &MainWindow::settingsRequested);
    connect(m_fileActions, &FileActions::quitRequested, this, &QWidget::close);
    connect(&m_document, &timeline::TimelineDocument::modifiedChanged, this, &MainWindow::refreshTitle);
    connect(&m_document, &timeline::TimelineDocument::filePathChanged, this, &MainWindow::refreshTitle);
    connect(&m_document, &timeline::TimelineDocument::changed, this, &MainWindow::refreshSequence);
    connect(&m_document, &timeline::TimelineDocument::wasReset, this, [this] {
        showError({}); // of the project before
        m_selection->clear();
        m_states->clear();
        m_playhead->setRange(std::nullopt);
        refreshSequence();
        refreshTitle();
        m_playhead->seek(timeline::RationalTime(0, m_document.timeline()->format.rate));
        m_timeline->zoomToFit();
    });
}

void MainWindow::connectParts() {
    connect(m_panel, &ShotPanel::aboutToGenerate, this, &MainWindow::flushEdits);
    connect(m_panel, &ShotPanel::generateRequested, this, [this](timeline::ItemId shot, int takes) {
        showShot(shot);
        Q_EMIT generateRequested(shot, takes);
    });
    connect(m_panel, &ShotPanel::cancelRequested, this, &MainWindow::cancelShotRequested);
    connect(m_panel, &ShotPanel::errorRaised, this, &MainWindow::showError);
    connect(m_generateActions, &GenerateActions::promptBoxRequested, m_timeline, &TimelineView::editPrompt);
    connect(m_generateActions, &GenerateActions::newPromptRequested, m_timeline, &TimelineView::writePrompt);
    connect(m_generateActions, &GenerateActions::regenerateStaleRequested, this, &MainWindow::regenerateStaleRequested);
    connect(m_generateActions, &GenerateActions::cancelShotRequested, this,
            [this] { Q_EMIT cancelShotRequested(m_panel->shot()); });
    connect(m_generateActions, &GenerateActions::cancelAllRequested, this, &MainWindow::cancelAllRequested);
    connect(m_generateActions, &GenerateActions::errorRaised, this, &MainWindow::showError);
    connect(m_generateActions, &GenerateActions::told, this, &MainWindow::showStatus);
    connect(m_generateActions, &GenerateActions::pauseRequested, m_jobs, &JobList::pauseOrResume);
    connect(m_editActions, &EditActions::errorRaised, this, &MainWindow::showError);
    connect(m_timeline, &TimelineView::errorRaised, this, &MainWindow::showError);
    connect(m_timeline, &TimelineView::filesDropped, this, &MainWindow::insertRequested);
    connect(m_timeline, &TimelineView::contextMenuRequested, this, [this](const QPoint& position) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        m_generateActions->fillContextMenu(*menu);
        menu->addSeparator();
        m_editActions->fillContextMenu(*menu);
        menu->popup(position);
    });
    connect(m_bin, &MediaBin::importRequested, this, &MainWindow::importRequested);
    connect(m_bin, &MediaBin::insertRequested, this, [this](const QStringList& paths) {
        Q_EMIT insertRequested(paths, timeline::TrackId{}, m_playhead->position());
    });
    connect(m_bin, &MediaBin::laneRequested, this, [this](const QStringList& paths, timeline::TrackKind kind) {
        if (const timeline::TrackId track = m_timeline->laneOf(kind); track.isValid()) {
            Q_EMIT insertRequested(paths, track, m_playhead->position());
        }
    });
    connect(m_playhead, &Playhead::moved, m_timeline, &TimelineView::revealPlayhead);
    connect(m_export, &ExportDialog::exportRequested, this, &MainWindow::exportRequested);
    connect(m_export, &ExportDialog::ended, this, [this](const QString& text, bool isProblem) {
        if (!m_export->isVisible()) {
            isProblem ? showError(text) : showStatus(text);
        }
    });
    connect(m_export, &ExportDialog::cancelRequested, this, &MainWindow::exportCancelRequested);
}

void MainWindow::showStatus(const QString& text) {
    statusBar()->showMessage(text, kStatusMilliseconds);
}

void MainWindow::showError(const QString& text) {
    statusBar()->clearMessage();
    m_problem->setProblem(text);
}

void MainWindow::flushEdits() {
    m_timeline->flush();
    m_panel->flush();
}

bool MainWindow::save() {
    flushEdits();
    const QString path = m_projects.projectPath();
    return path.isEmpty() ? saveAs() : m_projects.saveProject(path);
}

bool MainWindow::saveAs() {
    flushEdits();
    const QString now = m_projects.projectPath();
    const QString path =
        askWhereToSave(this, now.isEmpty() ? QDir::home().filePath(tr("Untitled") + QStringLiteral(".otio")) : now);
    return !path.isEmpty() && m_projects.saveProject(path);
}

void MainWindow::guarded(std::function<void()> proceed) {
    flushEdits();
    m_guard->run(std::move(proceed), stoppedJobs());
}

QString MainWindow::stoppedJobs() const {
    const int jobs = m_jobs->activeCount();
    return jobs > 0 ? tr("Jobs that are stopped by this: %1").arg(jobs) : QString();
}

QString MainWindow::stoppedByQuitting() const {
    QStringList lines{m_export->isExporting() ? tr("An export is running, and is stopped by this.") : QString(),
                      stoppedJobs()};
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

void MainWindow::openProject(const QString& path) {
    guarded([this, path] {
        if (!path.isEmpty()) {
            m_projects.openProject(path);
            return;
        }
        askForProject(this, QFileInfo(m_projects.projectPath()).path(),
                      [this](const QString& chosen) { m_projects.openProject(chosen); });
    });
}

void MainWindow::openExport() {
    flushEdits();
    const QString project = m_projects.projectPath();
    const QFileInfo file(project.isEmpty() ? QDir::home().filePath(tr("Untitled")) : project);
    m_export->prepare(file.path() + QLatin1Char('/') + file.completeBaseName() + QStringLiteral(".mp4"),
                      m_playhead->range());
    m_export->bringUp();
}

/// A shot that is being made plays in the cut: the playhead goes there, unless it is there or moves by itself.
void MainWindow::showShot(timeline::ItemId shot) {
    const auto place = timeline::findItem(*m_document.timeline(), shot);
    if (place && m_monitor->transport().speed() == 0 && !place->range.contains(m_playhead->position())) {
        m_playhead->seek(place->range.start);
    }
}

void MainWindow::refreshTitle() {
    const QString path = m_projects.projectPath();
    const QString name = path.isEmpty() ? tr("Untitled") : QFileInfo(path).completeBaseName();
    setWindowTitle(tr("%1[*] – Fantascope", "project's name").arg(name));
    setWindowModified(m_document.isModified());
}

void MainWindow::refreshSequence() {
    const timeline::Timeline& now = *m_document.timeline();
    m_monitor->setSequence(now.format.rate, timeline::timelineDuration(now));
}

void MainWindow::closeEvent(QCloseEvent* event) {
    flushEdits();
    const QString running = stoppedByQuitting();
    if (m_closing || (!m_document.isModified() && running.isEmpty())) {
        event->accept();
        return;
    }
    event->ignore();
    m_guard->run(
        [this] {
            m_closing = true;
            close();
        },
        running);
}

} // namespace ui
