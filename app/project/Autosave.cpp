#include "app/project/Autosave.h"

#include "app/project/Relocate.h"
#include "timeline/io/AtomicWrite.h"
#include "timeline/io/OtioReader.h"
#include "timeline/io/OtioWriter.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <chrono>

namespace app {

namespace {

constexpr auto kDelay = std::chrono::seconds(10);
const QString kJournal = QStringLiteral(".otio");
const QString kLock = QStringLiteral(".lock");
const QString kPath = QStringLiteral(".path"); ///< holds the path of the project's own file

std::filesystem::path native(const QString& path) {
    return std::filesystem::path(path.toStdString());
}

void removeAll(const QString& stem) {
    QFile::remove(stem + kJournal);
    QFile::remove(stem + kPath);
}

QString readPath(const QString& file) {
    QFile path(file);
    return path.open(QIODevice::ReadOnly) ? QString::fromUtf8(path.read(4096)) : QString();
}

} // namespace

Autosave::Autosave(timeline::TimelineDocument& document, const QString& folder,
                   std::function<std::filesystem::path()> projectFolder, QObject* parent)
    : QObject(parent), m_document(document), m_file(folder + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces)),
      m_projectFolder(std::move(projectFolder)), m_background(std::make_unique<Background>()) {
    QDir().mkpath(folder);
    m_lock = std::make_unique<QLockFile>(m_file + kLock);
    m_lock->setStaleLockTime(0); // a journal belongs to its program for as long as that runs
    m_lock->tryLock();
    m_timer.setSingleShot(true);
    m_timer.setInterval(kDelay);
    connect(&m_timer, &QTimer::timeout, this, &Autosave::writeNow);
    connect(&document, &timeline::TimelineDocument::changed, this, [this] {
        if (!m_timer.isActive()) {
            m_timer.start();
        }
    });
    connect(&document, &timeline::TimelineDocument::wasReset, this, &Autosave::forget);
    connect(&document, &timeline::TimelineDocument::modifiedChanged, this, [this](bool isModified) {
        if (!isModified) {
            forget();
        }
    });
}

Autosave::~Autosave() {
    m_background.reset(); // a journal that is being written is complete before it goes
    removeAll(m_file);
}

void Autosave::writeNow() {
    if (!m_document.isModified()) {
        return;
    }
    m_background->start([file = m_file, now = m_document.timeline(), folder = m_projectFolder(),
                         path = m_document.filePath()](std::stop_token stop) -> Background::Finish {
        if (stop.stop_requested()) {
            return {};
        }
        // Nothing is copied: there is no old media folder to take from.
        auto absolute = relocated(*now, folder, {}, native(file + kJournal));
        if (absolute && timeline::writeFileAtomically(native(file + kPath), path.toStdString())) {
            // A journal that cannot be written is no reason to disturb anybody: the next change tries again.
            [[maybe_unused]] const auto written = timeline::writeOtio(*absolute, native(file + kJournal));
        }
        return {};
    });
}

void Autosave::forget() {
    m_timer.stop();
    m_background->start([file = m_file](const std::stop_token&) -> Background::Finish {
        removeAll(file);
        return {};
    });
}

std::optional<RecoveredProject> Autosave::recover(const QString& folder) {
    const QFileInfoList journals = QDir(folder).entryInfoList({u'*' + kJournal}, QDir::Files, QDir::Time);
    for (const QFileInfo& journal : journals) {
        const QString stem = journal.path() + u'/' + journal.completeBaseName();
        QLockFile lock(stem + kLock);
        lock.setStaleLockTime(0);
        if (!lock.tryLock()) {
            continue; // of a program that is running
        }
        auto read = timeline::readOtio(native(journal.filePath()));
        const QString path = readPath(stem + kPath);
        removeAll(stem);
        if (read) {
            return RecoveredProject{std::move(read).value(), path};
        }
    }
    return std::nullopt;
}

} // namespace app
