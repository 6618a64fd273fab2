#include "app/project/ProjectController.h"

#include "app/jobs/Background.h"
#include "app/media/TakeImporter.h"
#include "app/project/CopyFiles.h"
#include "app/project/DemoProject.h"
#include "app/settings/Folders.h"
#include "timeline/export/SourceFiles.h"
#include "timeline/io/OtioReader.h"
#include "timeline/io/OtioWriter.h"
#include "timeline/model/MakeClip.h"
#include "ui/text/ErrorText.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFileInfo>
#include <QScopedValueRollback>
#include <QUuid>

#include <algorithm>

namespace app {

namespace fs = std::filesystem;

namespace {

fs::path nativePath(const QString& path) {
    return fs::path(path.toStdString());
}

fs::path unsavedRoot() {
    return nativePath(folders::data()) / "unsaved";
}

fs::path freshUnsavedMedia() {
    return unsavedRoot() / (QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString() + ".media");
}

fs::path folderOf(const fs::path& file) {
    return file.lexically_normal().parent_path();
}

/// In the media folder of some project that was never saved: of a crashed program, perhaps.
bool isUnsaved(const fs::path& file) {
    return folderOf(file).parent_path() == unsavedRoot().lexically_normal();
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
    : QObject(parent), m_document(document) {
    startAnew();
    connect(&document, &timeline::TimelineDocument::filePathChanged, this, &ProjectController::follow);
    connect(&document, &timeline::TimelineDocument::wasReset, this, [this] {
        m_ownMedia.clear();
        follow();
    });
    follow();
}

/// Whoever had something to keep has saved it.
ProjectController::~ProjectController() {
    for (const fs::path& folder : m_temporaryMedia) {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
}

void ProjectController::startAnew() {
    m_unsavedMedia = freshUnsavedMedia();
    m_temporaryMedia.push_back(m_unsavedMedia);
}

bool ProjectController::createProject() {
    startAnew();
    m_document.reset(emptyProject());
    return true;
}

bool ProjectController::openProject(const QString& path) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    auto read = timeline::readOtio(nativePath(absolute));
    if (!read) {
        return fail(read.error());
    }
    m_document.reset(withAbsoluteUrls(std::move(read).value(), folderOf(nativePath(absolute))), absolute);
    return true;
}

bool ProjectController::saveProject(const QString& path) {
    if (m_isSaving) {
        return false;
    }
    const QScopedValueRollback saving(m_isSaving, true);
    const QString absolute = QFileInfo(path).absoluteFilePath();
    const fs::path file = nativePath(absolute);
    const auto written =
        withTakesAt(file).and_then([&](const timeline::Timeline& film) { return timeline::writeOtio(film, file); });
    if (!written) {
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
    startAnew();
    m_document.reset(std::move(built->timeline));
    return true;
}

QString ProjectController::projectPath() const {
    return m_document.filePath();
}

fs::path ProjectController::mediaFolder() const {
    return m_document.filePath().isEmpty() ? m_unsavedMedia : mediaFolderOf(nativePath(m_document.filePath()));
}

void ProjectController::adoptUnsavedMedia() {
    for (const fs::path& file : timeline::sourceFiles(*m_document.timeline(), timeline::projectUrls({}))) {
        if (isUnsaved(file) && std::ranges::find(m_temporaryMedia, folderOf(file)) == m_temporaryMedia.end()) {
            m_temporaryMedia.push_back(folderOf(file));
        }
    }
}

bool ProjectController::isOwn(const fs::path& file) const {
    return isUnsaved(file) || std::ranges::find(m_ownMedia, folderOf(file)) != m_ownMedia.end();
}

/// The document as it has to be written there, with its takes in place. Those that arrive meanwhile are in it, too.
timeline::Result<timeline::Timeline> ProjectController::withTakesAt(const fs::path& file) {
    for (;;) {
        const timeline::TimelinePtr now = m_document.timeline();
        Relocation moved = relocated(*now, file, [this](const fs::path& media) { return isOwn(media); });
        if (auto copied = copy(std::move(moved.copies)); !copied) {
            return copied.error();
        }
        if (now == m_document.timeline()) {
            return std::move(moved.timeline);
        }
    }
}

/// A second name where that is possible, else gigabytes are copied without blocking the window.
timeline::Result<void> ProjectController::copy(std::vector<FileCopy> copies) {
    std::erase_if(copies, linkFile);
    if (copies.empty()) {
        return {};
    }
    QEventLoop loop;
    timeline::Result<void> result;
    Background background;
    m_stopCopying = background.start([&](const std::stop_token& stop) {
        auto done = copyFiles(copies, stop, [this](double fraction) {
            QMetaObject::invokeMethod(this, [this, fraction] { Q_EMIT copying(fraction); }, Qt::QueuedConnection);
        });
        return [&result, &loop, done] {
            result = done;
            loop.quit();
        };
    });
    Q_EMIT copying(0.0);
    loop.exec();
    Q_EMIT copyingEnded();
    return result;
}

bool ProjectController::fail(const timeline::Error& error) {
    Q_EMIT failed(ui::errorText(error));
    return false;
}

void ProjectController::follow() {
    if (std::ranges::find(m_ownMedia, mediaFolder()) == m_ownMedia.end()) {
        m_ownMedia.push_back(mediaFolder());
    }
    Q_EMIT pathChanged(m_document.filePath());
}

} // namespace app
