#pragma once

#include "app/SettingsController.h"
#include "app/exporting/ExportController.h"
#include "app/generation/GenerationController.h"
#include "app/generation/GenerationQueue.h"
#include "app/jobs/Background.h"
#include "app/jobs/JobListModel.h"
#include "app/jobs/JobQueue.h"
#include "app/media/BinModel.h"
#include "app/media/MediaArt.h"
#include "app/media/MediaImporter.h"
#include "app/models/LoraFiles.h"
#include "app/models/ModelCatalogue.h"
#include "app/project/Autosave.h"
#include "app/project/ProjectController.h"
#include "app/settings/Settings.h"
#include "timeline/document/TimelineDocument.h"
#include "timeline/media/MediaPool.h"
#include "timeline/render/LiveFrames.h"
#include "ui/MainWindow.h"
#include "ui/monitor/PlayerLink.h"

#include <QObject>

#include <memory>

class QProgressDialog;
class QVulkanInstance;

namespace app {

/// The composition root: makes every object of the editor and connects them; decides nothing itself. Members are in the
/// order in which they need each other.
/// Thread: GUI.
class EditorApplication : public QObject {
    Q_OBJECT

public:
    explicit EditorApplication(QObject* parent = nullptr);
    ~EditorApplication() override;

    /// What a crash left unsaved; else the file; without one, the demo project at the first start and an empty one
    /// later.
    void open(const QString& file);
    void show();

    ui::MainWindow& window() { return *m_window; }
    timeline::TimelineDocument& document() { return m_document; }
    JobQueue& jobs() { return m_jobs; }
    GenerationQueue& generationQueue() { return m_queue; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    timeline::RendererSetup rendererSetup(bool withPreviews) const;
    std::optional<ModelInfo> modelNamed(const std::string& name) const;
    GenerationController::Parts generationParts();
    void connectProject();
    void rememberProject(const QString& path);
    void connectGeneration();
    void connectJobs();
    void connectExport();
    void connectMedia();
    void connectSettings();
    void describeModels();
    bool recover(const QString& wanted);
    void showCopying(double fraction);
    void pruneCache();
    void startPlayer();
    void showBase(const timeline::ShotContext& context);
    void startExport(const ui::ExportChoice& choice);

    Settings m_settings;
    ModelCatalogue m_catalogue;
    LoraFiles m_loras;
    timeline::TimelineDocument m_document;
    ProjectController m_project;
    Autosave m_autosave;
    std::shared_ptr<timeline::MediaPool> m_pool;
    std::shared_ptr<timeline::LiveFrames> m_live;
    MediaArt m_art;
    BinModel m_bin;
    MediaImporter m_importer;
    JobQueue m_jobs;
    JobListModel m_jobModel;
    GenerationQueue m_queue;
    ExportController m_export;
    std::unique_ptr<QVulkanInstance> m_vulkan;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<SettingsController> m_settingsController;
    std::unique_ptr<GenerationController> m_generation;
    std::unique_ptr<ui::PlayerLink> m_player;
    std::unique_ptr<QProgressDialog> m_copying; ///< while a save copies takes
    Background m_describing;                    ///< asks the worker about models
    Background m_background;                    ///< for the picture of a shot's base, and the cache
};

} // namespace app
