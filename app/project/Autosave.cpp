#include "app/project/Autosave.h"

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

std::unique_ptr<QLockFile> lockOf(const QString& stem) {
    auto lock = std::make_unique<QLockFile>(stem + kLock);
    lock->setStaleLockTime(0); // a journal belongs to its program for as long as that runs
    return lock;
}

} // namespace

Autosave::Autosave(timeline::TimelineDocument& document, const QString& folder, QObject* parent)
    : QObject(parent), m_document(document), m_file(folder + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces)),
      m_background(std::make_unique<Background>()) {
    QDir().mkpath(folder);
    m_lock = lockOf(m_file);
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
    if (m_inherited) {
        removeAll(m_inherited->stem);
    }
}

void Autosave::writeNow() {
    if (!m_document.isModified()) {
        return;
    }
    m_background->start([this, file = m_file, now = m_document.timeline(), path = m_document.filePath(),
                         inherited = m_inherited](std::stop_token stop) -> Background::Finish {
        // A journal that cannot be written is no reason to disturb anybody: the next change tries again.
        if (stop.stop_requested() || !timeline::writeFileAtomically(native(file + kPath), path.toStdString()) ||
            !timeline::writeOtio(*now, native(file + kJournal))) {
            return {};
        }
        return [this, inherited] {
            if (inherited && inherited == m_inherited) {
                removeAll(inherited->stem);
                m_inherited.reset();
            }
        };
    });
}

void Autosave::forget() {
    m_timer.stop();
    m_background->start([file = m_file, inherited = m_inherited](const std::stop_token&) -> Background::Finish {
        removeAll(file);
        if (inherited) {
            removeAll(inherited->stem);
        }
        return {};
    });
    m_inherited.reset();
}

void Autosave::adopt(const RecoveredProject& project) {
    m_inherited = std::make_shared<Inherited>(Inherited{project.stem, project.lock});
    m_document.isModified() ? writeNow() : forget();
}

Recovery Autosave::recover(const QString& folder) {
    Recovery recovery;
    const QFileInfoList journals = QDir(folder).entryInfoList({u'*' + kJournal}, QDir::Files, QDir::Time);
    for (const QFileInfo& journal : journals) {
        const QString stem = journal.path() + u'/' + journal.completeBaseName();
        const std::shared_ptr<QLockFile> lock = lockOf(stem);
        if (!lock->tryLock()) {
            continue; // of a program that is running
        }
        auto read = timeline::readOtio(native(journal.filePath()));
        if (read) {
            recovery.project = RecoveredProject{std::move(read).value(), readPath(stem + kPath), stem, lock};
            return recovery;
        }
        const QString aside = journal.filePath() + QStringLiteral(".unreadable");
        QFile::rename(journal.filePath(), aside);
        QFile::remove(stem + kPath);
        recovery.unreadable << aside;
    }
    return recovery;
}

} // namespace app
