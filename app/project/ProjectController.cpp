#include "app/project/ProjectController.h"

#include "app/media/TakeImporter.h"
#include "app/project/DemoProject.h"
#include "app/project/Relocate.h"
#include "app/settings/Folders.h"
#include "timeline/io/OtioReader.h"
#include "timeline/io/OtioWriter.h"
#include "timeline/model/MakeClip.h"
#include "ui/text/ErrorText.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QUuid>

namespace app {

namespace fs = std::filesystem;

namespace {

fs::path nativePath(const QString& path) {
    return fs::path(path.toStdString());
}

fs::path freshUnsavedMedia() {
    return nativePath(folders::data()) / "unsaved" /
           (QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString() + ".media");
}

} // namespace

timeline::Timeline emptyProject() {
    using timeline::TrackKind;
    // Not tr(): lupdate takes a free function's for another class's.
    const auto name = [](const char* text) {
        return QCoreApplication::translate("app::ProjectController", text).toStdString();
    };
    timeline::Timeline empty;
    empty.name = name(QT_TRANSLATE_NOOP("app::ProjectController", "Untitled"));
    empty.tracks = {
        timeline::makeTrack(TrackKind::Audio, name(QT_TRANSLATE_NOOP("app::ProjectController", "Audio 1"))),
        timeline::makeTrack(TrackKind::Video, name(QT_TRANSLATE_NOOP("app::ProjectController", "Video 1"))),
        timeline::makeTrack(TrackKind::Video, name(QT_TRANSLATE_NOOP("app::ProjectController", "Video 2"))),
        timeline::makeTrack(TrackKind::Style, name(QT_TRANSLATE_NOOP("app::ProjectController", "Style"))),
        timeline::makeTrack(TrackKind::Prompt, name(QT_TRANSLATE_NOOP("app::ProjectController", "Prompt")))};
    return empty;
}

ProjectController::ProjectController(timeline::TimelineDocument& document, QObject* parent)
    : QObject(parent), m_document(document), m_unsavedMedia(freshUnsavedMedia()) {
    connect(&document, &timeline::TimelineDocument::filePathChanged, this, &ProjectController::follow);
    connect(&document, &timeline::TimelineDocument::wasReset, this, &ProjectController::follow);
    follow();
}

bool ProjectController::createProject() {
    m_unsavedMedia = freshUnsavedMedia();
    m_document.reset(emptyProject());
    return true;
}

bool ProjectController::openProject(const QString& path) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    auto read = timeline::readOtio(nativePath(absolute));
    if (!read) {
        return fail(read.error());
    }
    m_document.reset(std::move(read).value(), absolute);
    return true;
}

bool ProjectController::saveProject(const QString& path) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    const bool isSaveAs = !m_document.filePath().isEmpty() && m_document.filePath() != absolute;
    if (isSaveAs) {
        // Relative paths start from elsewhere now: the document has to follow.
        auto moved = relocated(*m_document.timeline(), m_folder.get(), mediaFolder(), nativePath(absolute));
        if (!moved) {
            return fail(moved.error());
        }
        if (auto written = timeline::writeOtio(*moved, nativePath(absolute)); !written) {
            return fail(written.error());
        }
        if (auto applied = m_document.apply(tr("Save As"), std::move(moved)); !applied) {
            return fail(applied.error());
        }
    } else if (auto written = write(nativePath(absolute)); !written) {
        return fail(written.error());
    }
    m_document.markSaved(absolute);
    return true;
}

bool ProjectController::openDemo() {
    const QString demo = folders::resources() + QStringLiteral("/demo");
    auto built = buildDemo(nativePath(demo), {});
    if (!built) {
        return fail(built.error());
    }
    m_unsavedMedia = freshUnsavedMedia();
    m_document.reset(std::move(built->timeline));
    return true;
}

QString ProjectController::projectPath() const {
    return m_document.filePath();
}

fs::path ProjectController::mediaFolder() const {
    return m_document.filePath().isEmpty() ? m_unsavedMedia : mediaFolderOf(nativePath(m_document.filePath()));
}

/// While a project has no file its paths are absolute, and stay so in the document: what is written says the same in
/// relative words, and no step of the history is spoiled.
timeline::Result<void> ProjectController::write(const fs::path& file) {
    auto moved = relocated(*m_document.timeline(), m_folder.get(), m_unsavedMedia, file);
    return moved ? timeline::writeOtio(*moved, file) : timeline::Result<void>(moved.error());
}

bool ProjectController::fail(const timeline::Error& error) {
    Q_EMIT failed(ui::errorText(error));
    return false;
}

void ProjectController::follow() {
    const QString path = m_document.filePath();
    m_folder.set(path.isEmpty() ? fs::path() : nativePath(path).parent_path());
    Q_EMIT pathChanged(path);
}

} // namespace app
