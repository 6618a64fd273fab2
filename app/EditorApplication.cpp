#include "app/EditorApplication.h"

#include "app/media/BinList.h"
#include "app/media/ImageFrom.h"
#include "app/models/DescribeModels.h"
#include "app/settings/Folders.h"
#include "timeline/edit/SetProperty.h"
#include "timeline/export/ExportPreset.h"
#include "timeline/io/MediaUrl.h"
#include "timeline/model/Query.h"
#include "ui/bin/MediaBin.h"
#include "ui/menus/FileActions.h"
#include "ui/monitor/Monitor.h"
#include "ui/monitor/QtAudioSink.h"
#include "ui/monitor/VulkanSupport.h"
#include "ui/prompt/ShotPanel.h"
#include "ui/queue/JobList.h"
#include "ui/state/Playhead.h"
#include "ui/state/ShotStates.h"
#include "ui/text/ErrorText.h"

#include <QCloseEvent>
#include <QFileInfo>
#include <QImage>
#include <QProgressDialog>
#include <QTimer>

#include <algorithm>

namespace app {

namespace {

constexpr int kBaseWidth = 480; ///< of the picture of a shot's base in its panel
constexpr int kBaseHeight = 270;
constexpr int kMostRecent = 10;

/// The usable models; the one that recipes without a name get comes first.
std::vector<ui::ModelChoice> choicesFrom(const ModelCatalogue& catalogue, const QString& preferred) {
    std::vector<ui::ModelChoice> choices;
    for (const ModelInfo& model : catalogue.models()) {
        if (model.isUsable()) {
            choices.push_back({.name = model.name,
                               .label = model.name,
                               .steps = model.steps,
                               .guidance = model.guidance,
                               .knowsEdges = model.knowsAny("edges"),
                               .knowsLuma = model.knowsAny("luma"),
                               .knowsBlur = model.knowsAny("blur"),
                               .knowsDepth = model.knowsAny("depth"),
                               .knowsGuide = model.knowsAny("control"),
                               .seconds = static_cast<double>(model.frames) / model.fps,
                               .shift = model.shift,
                               .sampler = model.sampler});
        }
    }
    if (const auto first = catalogue.find({}, preferred)) {
        std::ranges::stable_partition(choices,
                                      [&](const ui::ModelChoice& choice) { return choice.name == first->name; });
    }
    return choices;
}

std::vector<ui::ExportPresetChoice> presetChoices() {
    std::vector<ui::ExportPresetChoice> choices;
    for (const timeline::ExportPreset& preset : timeline::exportPresets()) {
        const QString name = QString::fromStdString(preset.name);
        QString label = name;
        QString description;
        if (name == u"h264") {
            label = EditorApplication::tr("H.264 film (MP4)");
            description = EditorApplication::tr("Plays everywhere: H.264 and AAC");
        } else if (name == u"lossless") {
            label = EditorApplication::tr("Lossless film (MKV)");
            description = EditorApplication::tr("Every bit as rendered, for further work: FFV1 and PCM");
        }
        choices.push_back({name, label, description, QString::fromStdString(preset.extension)});
    }
    return choices;
}

QString autosaveFolder() {
    return folders::state() + QStringLiteral("/autosave");
}

/// A document's urls are absolute.
timeline::UrlResolver documentUrls() {
    return timeline::projectUrls({});
}

} // namespace

EditorApplication::EditorApplication(QObject* parent)
    : QObject(parent),
      m_catalogue(ModelCatalogue::scan(ModelCatalogue::standardRoots(m_settings.list(Setting::ModelFolders)))),
      m_project(m_document), m_autosave(m_document, autosaveFolder()), m_pool(std::make_shared<timeline::MediaPool>()),
      m_live(std::make_shared<timeline::LiveFrames>()), m_art(m_pool, documentUrls()),
      m_bin(m_document, documentUrls(), m_art), m_importer(m_document), m_jobModel(m_jobs),
      m_queue(m_jobs, standardWorker(), MediaCache(folders::cache())), m_vulkan(ui::makeVulkanInstance()) {
    m_window = std::make_unique<ui::MainWindow>(ui::WindowModels{.document = m_document,
                                                                 .projects = m_project,
                                                                 .media = m_bin,
                                                                 .jobs = m_jobModel,
                                                                 .presets = presetChoices(),
                                                                 .art = &m_art,
                                                                 .vulkan = m_vulkan.get()});
    m_settingsController = std::make_unique<SettingsController>(m_settings, m_catalogue, m_window->settingsDialog());
    m_generation = std::make_unique<GenerationController>(generationParts());
    m_player = std::make_unique<ui::PlayerLink>(m_window->monitor(), m_window->playhead(), m_document);
    connectSettings();
    connectProject();
    connectMedia();
    connectJobs();
    connectGeneration();
    connectExport();
    startPlayer();
    m_window->installEventFilter(this);
    m_window->restoreGeometry(m_settings.value(Setting::WindowGeometry).toByteArray());
    m_window->restoreState(m_settings.value(Setting::WindowState).toByteArray());
    pruneCache();
}

EditorApplication::~EditorApplication() {
    m_export.cancel();
    m_jobs.cancelAll();
}

timeline::RendererSetup EditorApplication::rendererSetup(bool withPreviews) const {
    return {.media = m_pool,
            .resolveUrl = documentUrls(),
            .live = withPreviews ? m_live : nullptr,
            .compositor = timeline::findCompositor(m_settings.text(Setting::Compositor).toStdString())
                              .value_or(timeline::CompositorChoice::Auto)};
}

std::optional<ModelInfo> EditorApplication::modelNamed(const std::string& name) const {
    return m_catalogue.find(QString::fromStdString(name), m_settings.text(Setting::Model));
}

GenerationController::Parts EditorApplication::generationParts() {
    return {.document = m_document,
            .jobs = m_jobs,
            .queue = m_queue,
            .cache = MediaCache(folders::cache()),
            .live = *m_live,
            .states = m_window->shotStates(),
            .renderer = rendererSetup(false),
            .model = [this](const std::string& name) { return modelNamed(name); },
            .loras = [this] { return m_loras; },
            .mediaFolder = [this] { return m_project.mediaFolder(); }};
}

void EditorApplication::connectSettings() {
    SettingsController* settings = m_settingsController.get();
    const auto showModels = [this] {
        m_window->shotPanel().setModels(choicesFrom(m_catalogue, m_settings.text(Setting::Model)));
        m_loras = LoraFiles::scan(ModelCatalogue::standardRoots(m_settings.list(Setting::ModelFolders)));
        QStringList names;
        for (const QString& path : m_loras.paths()) {
            names << QString::fromStdString(m_loras.nameOf(path));
        }
        m_window->shotPanel().setLoras(names);
    };
    connect(m_window.get(), &ui::MainWindow::settingsRequested, settings, &SettingsController::open);
    connect(settings, &SettingsController::modelsChanged, this, showModels);
    connect(settings, &SettingsController::modelsChanged, this, &EditorApplication::describeModels);
    showModels();
    describeModels();
}

/// Loose files and other tools' folders: only the worker knows what they are, and it takes a moment to say.
void EditorApplication::describeModels() {
    const QStringList places = m_catalogue.undescribed();
    if (places.isEmpty()) {
        return;
    }
    m_describing.start([this, places](const std::stop_token& stop) -> Background::Finish {
        const std::vector<ModelInfo> found = app::describeModels(places, stop);
        return [this, found] {
            m_catalogue.add(found);
            m_window->shotPanel().setModels(choicesFrom(m_catalogue, m_settings.text(Setting::Model)));
        };
    });
}

void EditorApplication::connectProject() {
    connect(&m_project, &ProjectController::failed, m_window.get(), &ui::MainWindow::showError);
    connect(&m_project, &ProjectController::pathChanged, this, &EditorApplication::rememberProject);
    connect(&m_project, &ProjectController::copying, this, &EditorApplication::showCopying);
    connect(&m_project, &ProjectController::copyingEnded, this, [this] { m_copying.reset(); });
    m_window->fileActions().setRecentProjects(m_settings.list(Setting::RecentProjects));
}

void EditorApplication::rememberProject(const QString& path) {
    if (path.isEmpty()) {
        return;
    }
    QStringList recent = m_settings.list(Setting::RecentProjects);
    recent.removeAll(path);
    recent.prepend(path);
    recent.resize(std::min<qsizetype>(recent.size(), kMostRecent));
    m_settings.set(Setting::RecentProjects, recent);
    m_window->fileActions().setRecentProjects(recent);
}

/// Modal, because the project that is being saved must stay the same; the window goes on drawing.
void EditorApplication::showCopying(double fraction) {
    if (!m_copying) {
        m_copying = std::make_unique<QProgressDialog>(tr("Copying takes beside the project…"), tr("Cancel"), 0, 1000,
                                                      m_window.get());
        m_copying->setWindowModality(Qt::WindowModal);
        m_copying->setMinimumDuration(0);
        connect(m_copying.get(), &QProgressDialog::canceled, &m_project, &ProjectController::cancelCopying);
    }
    m_copying->setValue(static_cast<int>(fraction * 1000.0));
}

void EditorApplication::pruneCache() {
    const auto bytes = static_cast<std::uint64_t>(m_settings.integer(Setting::CacheGigabytes)) << 30;
    m_background.start([bytes](const std::stop_token&) -> Background::Finish {
        MediaCache(folders::cache()).prune(bytes);
        return {};
    });
}

void EditorApplication::connectMedia() {
    connect(m_window.get(), &ui::MainWindow::importRequested, &m_importer, &MediaImporter::importFiles);
    connect(m_window.get(), &ui::MainWindow::insertRequested, &m_importer, &MediaImporter::insertFiles);
    connect(&m_window->mediaBin(), &ui::MediaBin::removeRequested, &m_importer, &MediaImporter::removeFiles);
    connect(&m_importer, &MediaImporter::imported, m_window.get(), &ui::MainWindow::showStatus);
    connect(&m_importer, &MediaImporter::inserted, this,
            [this](timeline::RationalTime end) { m_window->playhead().seek(end); });
    connect(&m_importer, &MediaImporter::failed, m_window.get(), &ui::MainWindow::showError);
    connect(&m_importer, &MediaImporter::progressed, this, [this](int number, int count) {
        m_window->showStatus(tr("Importing file %1 of %2").arg(number).arg(count));
    });
    connect(m_window.get(), &ui::MainWindow::cancelAllRequested, &m_importer, &MediaImporter::cancel);
}

void EditorApplication::connectJobs() {
    ui::JobList& list = m_window->jobList();
    connect(&list, &ui::JobList::cancelRequested, &m_jobs, &JobQueue::cancel);
    connect(&list, &ui::JobList::cancelAllRequested, &m_jobs, &JobQueue::cancelAll);
    connect(&list, &ui::JobList::clearFinishedRequested, &m_jobs, &JobQueue::clearOver);
    connect(&list, &ui::JobList::pauseRequested, &m_jobs, &JobQueue::pause);
    connect(&list, &ui::JobList::resumeRequested, &m_jobs, &JobQueue::resume);
    GenerationController* generation = m_generation.get();
    using Persistence = GenerationController::Persistence;
    connect(&list, &ui::JobList::retryRequested, generation,
            [generation](const QString& id) { generation->retry(id, Persistence::AsPlanned); });
    connect(&list, &ui::JobList::tryAnywayRequested, generation,
            [generation](const QString& id) { generation->retry(id, Persistence::TryAnyway); });
    connect(m_window.get(), &ui::MainWindow::cancelAllRequested, &m_jobs, &JobQueue::cancelAll);
    connect(m_window.get(), &ui::MainWindow::cancelShotRequested, m_generation.get(), &GenerationController::cancel);
}

void EditorApplication::connectGeneration() {
    GenerationController* generation = m_generation.get();
    connect(m_window.get(), &ui::MainWindow::generateRequested, generation, &GenerationController::generate);
    connect(m_window.get(), &ui::MainWindow::regenerateStaleRequested, generation,
            &GenerationController::regenerateStale);
    connect(&m_queue, &GenerationQueue::finished, this, &EditorApplication::pruneCache);
    connect(generation, &GenerationController::failed, m_window.get(), &ui::MainWindow::showError);
    connect(generation, &GenerationController::told, m_window.get(), &ui::MainWindow::showStatus);
    connect(generation, &GenerationController::takeOrphaned, this, [this](const QString& path, const QString& text) {
        m_importer.importFiles({path});
        m_window->showError(text);
    });
    connect(generation, &GenerationController::previewChanged, this, [this] {
        m_player->setLiveShots(m_live->shots());
        m_player->refresh();
    });
    ui::ShotPanel& panel = m_window->shotPanel();
    panel.setCheck([generation](const timeline::ShotContext& context) {
        return ui::ShotCheck{generation->problemOf(context), generation->noteOf(context)};
    });
    connect(&panel, &ui::ShotPanel::baseWanted, this, &EditorApplication::showBase);
    connect(&panel, &ui::ShotPanel::contextChanged, generation,
            [generation, &panel] { generation->wantPlan(panel.context()); });
    connect(generation, &GenerationController::planned, &panel, &ui::ShotPanel::setPlan);
}

void EditorApplication::connectExport() {
    ui::ExportDialog* dialog = &m_window->exportDialog();
    dialog->choosePreset(m_settings.text(Setting::ExportPreset));
    connect(m_window.get(), &ui::MainWindow::exportRequested, this, &EditorApplication::startExport);
    connect(m_window.get(), &ui::MainWindow::exportCancelRequested, &m_export, &ExportController::cancel);
    connect(&m_export, &ExportController::started, dialog, &ui::ExportDialog::setStarted);
    connect(&m_export, &ExportController::progressed, dialog, &ui::ExportDialog::setProgress);
    connect(&m_export, &ExportController::failed, dialog, &ui::ExportDialog::setFailed);
    connect(&m_export, &ExportController::cancelled, dialog, &ui::ExportDialog::setCancelled);
    connect(
        &m_export, &ExportController::finished, this, [this, dialog](const QString& path, const QStringList& problems) {
            dialog->setFinished(path);
            if (!problems.isEmpty()) {
                m_window->showError(tr("Exported, but not everything could be shown: %1").arg(problems.join(u'\n')));
            }
        });
}

void EditorApplication::startPlayer() {
    timeline::PlayerSetup setup;
    setup.makeRenderer = [renderer = rendererSetup(true)] { return timeline::SequenceRenderer::create(renderer); };
    setup.resolveUrl = documentUrls();
    setup.sink = std::make_shared<ui::QtAudioSink>();
    connect(m_player.get(), &ui::PlayerLink::problemsRaised, this,
            [this](const std::vector<timeline::Error>& problems) {
                QStringList texts;
                for (const timeline::Error& problem : problems) {
                    texts << ui::errorText(problem);
                }
                m_window->showError(texts.join(u'\n'));
            });
    m_player->start(std::move(setup));
}

void EditorApplication::open(const QString& file) {
    const bool isFirstStart = !m_settings.flag(Setting::StartedBefore);
    m_settings.set(Setting::StartedBefore, true);
    if (recover(file) || (!file.isEmpty() && m_project.openProject(file))) {
        return;
    }
    if (file.isEmpty() && isFirstStart && m_project.openDemo()) {
        return;
    }
    m_project.createProject();
}

/// What was not saved comes back as a change of what was: it can be undone, and is not saved by itself.
bool EditorApplication::recover(const QString& wanted) {
    Recovery recovery = Autosave::recover(autosaveFolder());
    QStringList lines;
    if (!recovery.unreadable.isEmpty()) {
        lines << tr("A journal of unsaved changes cannot be read. It was kept as %1.").arg(recovery.unreadable.first());
    }
    if (recovery.project) {
        const QString path = recovery.project->path;
        if (path.isEmpty() || !m_project.openProject(path)) {
            m_project.createProject();
        }
        if (!m_document.apply(tr("Recover"), recovery.project->timeline)) {
            return false;
        }
        m_project.adoptUnsavedMedia();
        m_autosave.adopt(*recovery.project);
        lines << tr("Fantascope did not end well last time. Changes that were not saved are here again; "
                    "undo goes back to the saved project.");
        if (!wanted.isEmpty() && QFileInfo(wanted).absoluteFilePath() != path) {
            lines << tr("%1 was not opened: save or discard these changes first.").arg(wanted);
        }
    }
    if (!lines.isEmpty()) {
        m_window->showError(lines.join(u' '));
    }
    return recovery.project.has_value();
}

void EditorApplication::show() {
    m_window->show();
}

/// The picture that lies below a shot, for the panel that says what the model sees.
void EditorApplication::showBase(const timeline::ShotContext& context) {
    const auto position = timeline::findItem(*m_document.timeline(), context.shot);
    if (!position) {
        return;
    }
    timeline::RendererSetup setup = rendererSetup(false);
    setup.compositor = timeline::CompositorChoice::Cpu; // one small picture: no device is worth waking for it
    timeline::PlanOptions options = timeline::fittedInto(m_document.timeline()->format, kBaseWidth, kBaseHeight);
    options.belowTrack = position->track;
    timeline::RationalTime time = context.baseTime;
    if (context.base == timeline::BaseKind::None) { // beside it
        options.belowTrack = position->track + 1;
        const timeline::RationalTime frame(1, context.range.start.rate());
        time = context.leadIn.value() > 0 ? context.range.start - frame : context.range.end();
    }
    const bool isMasked = timeline::isMasked(context);
    if (isMasked) { // not before both are there
        std::optional<timeline::RationalTime> first;
        for (const timeline::ItemId mask : context.masks) {
            if (const auto place = timeline::findItem(*m_document.timeline(), mask)) {
                first = std::min(first.value_or(place->range.start), place->range.start);
            }
        }
        time = std::max(time, first.value_or(time));
    }
    m_background.start([this, setup, options, time, isMasked, shot = context.shot,
                        film = m_document.timeline()](const std::stop_token&) -> Background::Finish {
        auto renderer = timeline::SequenceRenderer::create(setup);
        if (!renderer) {
            return {};
        }
        const auto frame = (*renderer)->render(*film, time, options);
        if (!frame) {
            return {};
        }
        const QImage picture = imageFrom(*frame->image);
        timeline::PlanOptions alone = options;
        alone.belowTrack.reset();
        const auto white = isMasked ? (*renderer)->render(timeline::maskFilm(*film), time, alone) : frame;
        const QImage mask = isMasked && white && !white->hasSlate ? imageFrom(*white->image) : QImage();
        return [this, shot, picture, mask] { m_window->shotPanel().setBaseImage(shot, picture, mask); };
    });
}

void EditorApplication::startExport(const ui::ExportChoice& choice) {
    const timeline::ExportPreset* preset = timeline::findPreset(choice.preset.toStdString());
    if (!preset) {
        m_window->exportDialog().setFailed(tr("There is no preset \"%1\".").arg(choice.preset));
        return;
    }
    m_settings.set(Setting::ExportPreset, choice.preset);
    m_export.start({.timeline = m_document.timeline(),
                    .range = choice.range,
                    .preset = *preset,
                    .output = choice.path.toStdString(),
                    .kept = mediaFiles(*m_document.timeline(), documentUrls())},
                   rendererSetup(false));
}

bool EditorApplication::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_window.get() && event->type() == QEvent::Close) {
        m_settings.set(Setting::WindowGeometry, m_window->saveGeometry());
        m_settings.set(Setting::WindowState, m_window->saveState());
    }
    return QObject::eventFilter(watched, event);
}

} // namespace app
