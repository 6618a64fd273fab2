#pragma once

#include "timeline/model/ShotContext.h"
#include "ui/dialogs/ExportDialog.h"

#include <QAbstractItemModel>
#include <QMainWindow>

#include <functional>
#include <memory>

class QDockWidget;
class QVulkanInstance;

namespace timeline {
class TimelineDocument;
}

namespace ui {

class ClipArt;
class EditActions;
class FileActions;
class GenerateActions;
class HelpActions;
class JobList;
class MediaBin;
class Monitor;
class PlaybackActions;
class Playhead;
class Selection;
class SettingsDialog;
class ShotPanel;
class ShotStates;
class StatusLine;
class TimelineView;
class UnsavedGuard;
class ViewActions;

/// Keeps the project's file. Failures are shown by the one who fails, with MainWindow::showError().
/// Thread: GUI.
class ProjectKeeper {
public:
    virtual ~ProjectKeeper() = default;

    virtual bool createProject() = 0;
    virtual bool openProject(const QString& path) = 0;
    virtual bool saveProject(const QString& path) = 0; ///< done when it returns true
    virtual bool openDemo() = 0;
    virtual QString projectPath() const = 0; ///< empty: never saved
};

/// What the window shows and edits. All of it outlives the window.
struct WindowModels {
    timeline::TimelineDocument& document;
    ProjectKeeper& projects;
    QAbstractItemModel& media; ///< roles in ui/bin/BinRoles.h
    QAbstractItemModel& jobs;  ///< roles in ui/queue/JobRoles.h
    std::vector<ExportPresetChoice> presets;
    ClipArt* art = nullptr;            ///< null: no thumbnails, no waveforms
    QVulkanInstance* vulkan = nullptr; ///< null: the monitor draws with QPainter
};

/// The editor's window: media bin, monitor, shot panel, timeline and job list, and one Actions object for each menu. It
/// edits the document and passes on what others have to do; whoever builds it connects to the signals here and to those
/// of the parts.
/// Thread: GUI.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(const WindowModels& models, QWidget* parent = nullptr);
    ~MainWindow() override;

    Playhead& playhead() { return *m_playhead; }
    Selection& selection() { return *m_selection; }
    ShotStates& shotStates() { return *m_states; }
    MediaBin& mediaBin() { return *m_bin; }
    Monitor& monitor() { return *m_monitor; }
    TimelineView& timelineView() { return *m_timeline; }
    ShotPanel& shotPanel() { return *m_panel; }
    JobList& jobList() { return *m_jobs; }
    ExportDialog& exportDialog() { return *m_export; }
    SettingsDialog& settingsDialog() { return *m_settings; }
    FileActions& fileActions() { return *m_fileActions; }

    /// Takes what is being typed anywhere in the window into the document: a shortcut leaves the focus where it is.
    void flushEdits();
    void showStatus(const QString& text); ///< for some seconds, in the status bar
    void showError(const QString& text);  ///< stays in the status bar until dismissed or replaced

Q_SIGNALS:
    void generateRequested(timeline::ItemId shot, int takes = 1);
    void regenerateStaleRequested();
    void cancelShotRequested(timeline::ItemId shot);
    void cancelAllRequested();
    void settingsRequested(); ///< the dialog is to be opened
    /// Files for the bin alone.
    void importRequested(const QStringList& paths);
    /// Files for the timeline. An invalid track: the first that takes them, or a new one.
    void insertRequested(const QStringList& paths, timeline::TrackId track, timeline::RationalTime time);
    void exportRequested(const ui::ExportChoice& choice);
    void exportCancelRequested();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void buildPanels(const WindowModels& models);
    void buildMenus();
    void buildStatusBar();
    void arrange();
    void connectFile();
    void connectParts();
    bool save();
    bool saveAs();
    void guarded(std::function<void()> proceed); ///< asks before changes are lost and jobs are stopped
    QString stoppedJobs() const;
    QString stoppedByQuitting() const;
    void openProject(const QString& path);
    void refreshTitle();
    void refreshSequence();
    void openExport();
    void showShot(timeline::ItemId shot);

    timeline::TimelineDocument& m_document;
    ProjectKeeper& m_projects;
    Playhead* m_playhead;
    Selection* m_selection;
    ShotStates* m_states;
    MediaBin* m_bin = nullptr;
    Monitor* m_monitor = nullptr;
    TimelineView* m_timeline = nullptr;
    ShotPanel* m_panel = nullptr;
    JobList* m_jobs = nullptr;
    ExportDialog* m_export = nullptr;
    SettingsDialog* m_settings = nullptr;
    StatusLine* m_problem = nullptr;
    FileActions* m_fileActions = nullptr;
    EditActions* m_editActions = nullptr;
    PlaybackActions* m_playbackActions = nullptr;
    GenerateActions* m_generateActions = nullptr;
    ViewActions* m_viewActions = nullptr;
    HelpActions* m_helpActions = nullptr;
    UnsavedGuard* m_guard = nullptr;
    bool m_closing = false; ///< the user has answered what becomes of the changes
};

} // namespace ui
