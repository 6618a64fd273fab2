#include "app/media/MediaCache.h"

#include "generation/protocol/Protocol.h"
#include "generation/protocol/RequestKey.h"
#include "timeline/io/AtomicWrite.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>
#include <filesystem>
#include <vector>

namespace app {

namespace {

const QString kFrames = QStringLiteral("/frames.safetensors");
const QString kFacts = QStringLiteral("/finished.json");
constexpr qint64 kMostFactBytes = 1 << 16;

timeline::Error failure(timeline::ErrorCode code, const QString& file, const std::string& detail = {}) {
    return {code, file.toStdString(), detail};
}

std::filesystem::path native(const QString& path) {
    return std::filesystem::path(path.toStdString());
}

struct Entry {
    QString path;
    QDateTime used;
    std::uint64_t bytes = 0;
};

std::uint64_t bytesIn(const QString& folder) {
    std::uint64_t bytes = 0;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        bytes += static_cast<std::uint64_t>(files.fileInfo().size());
    }
    return bytes;
}

std::vector<Entry> entriesIn(const QString& root) {
    std::vector<Entry> entries;
    for (const QFileInfo& info :
         QDir(root + QStringLiteral("/generated")).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QFileInfo facts(info.filePath() + kFacts);
        entries.push_back({info.filePath(), facts.lastModified(), bytesIn(info.filePath())});
    }
    for (const QFileInfo& info : QDir(root + QStringLiteral("/inputs")).entryInfoList(QDir::Files)) {
        entries.push_back({info.filePath(), info.lastModified(), static_cast<std::uint64_t>(info.size())});
    }
    return entries;
}

/// The newest change to a file, or to anything in a folder.
QDateTime lastChange(const QFileInfo& info) {
    QDateTime newest = info.lastModified();
    QDirIterator inside(info.filePath(), QDir::AllEntries | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (info.isDir() && inside.hasNext()) {
        inside.next();
        newest = std::max(newest, inside.fileInfo().lastModified());
    }
    return newest;
}

void removeAbandoned(const QString& folder, const QStringList& names = {}) {
    const QDateTime yesterday = QDateTime::currentDateTime().addDays(-1);
    for (const QFileInfo& info : QDir(folder).entryInfoList(names, QDir::AllEntries | QDir::NoDotAndDotDot)) {
        if (lastChange(info) < yesterday) {
            info.isDir() ? QDir(info.filePath()).removeRecursively() : QFile::remove(info.filePath());
        }
    }
}

void touch(const QString& path) {
    QFile file(path);
    if (file.open(QIODevice::ReadWrite)) {
        file.setFileTime(QDateTime::currentDateTime(), QFileDevice::FileModificationTime);
    }
}

} // namespace

MediaCache::MediaCache(QString folder) : m_folder(std::move(folder)) {}

QString MediaCache::entryFolder(const std::string& key) const {
    return m_folder + QStringLiteral("/generated/") + QString::fromStdString(key);
}

std::optional<CachedFrames> MediaCache::find(const std::string& key) const {
    const QString folder = entryFolder(key);
    QFile facts(folder + kFacts);
    if (!QFileInfo(folder + kFrames).isFile() || !facts.open(QIODevice::ReadOnly) || facts.size() > kMostFactBytes) {
        return std::nullopt;
    }
    try {
        const generation::Event event = generation::parseEvent(facts.readAll().trimmed().toStdString());
        if (const auto* finished = std::get_if<generation::FinishedEvent>(&event)) {
            touch(folder + kFacts);
            return CachedFrames{folder + kFrames, *finished};
        }
    } catch (const generation::ProtocolError&) {
        // Another version's, or damaged: made again.
    }
    return std::nullopt;
}

QString MediaCache::workFolder(const QString& jobId) const {
    QDir().mkpath(m_folder + QStringLiteral("/work"));
    return m_folder + QStringLiteral("/work/") + jobId;
}

timeline::Result<CachedFrames> MediaCache::adopt(const std::string& key, const generation::FinishedEvent& facts) const {
    const QString work = workFolder(QString::fromStdString(facts.id));
    const QString entry = entryFolder(key);
    if (!QFileInfo(work + kFrames).isFile()) {
        return failure(timeline::ErrorCode::FileNotFound, work + kFrames);
    }
    if (auto written = timeline::writeFileAtomically(native(work + kFacts), generation::toJsonLine(facts) + '\n');
        !written) {
        return written.error();
    }
    QDir().mkpath(m_folder + QStringLiteral("/generated"));
    remove(key);
    if (!QDir().rename(work, entry) && !QFileInfo(entry + kFrames).isFile()) {
        return failure(timeline::ErrorCode::WriteFailed, entry);
    }
    return CachedFrames{entry + kFrames, facts};
}

void MediaCache::takeOverWork(const QString& fromJob, const QString& toJob) const {
    const QString suffix = QStringLiteral(".partial");
    QDir().rename(workFolder(fromJob) + suffix, workFolder(toJob) + suffix);
}

void MediaCache::discardWork(const QString& jobId) const {
    const QString work = workFolder(jobId);
    QDir(work).removeRecursively();
    QDir(work + QStringLiteral(".partial")).removeRecursively();
    QFile::remove(work + QStringLiteral(".preview.safetensors"));
}

void MediaCache::remove(const std::string& key) const {
    const QString folder = entryFolder(key);
    if (QFileInfo::exists(folder)) {
        QFile::remove(folder + kFacts); // first: without it the rest is no entry
        QDir(folder).removeRecursively();
    }
}

timeline::Result<StoredInput> MediaCache::storeInput(const generation::FrameSet& frames) const {
    const QString folder = m_folder + QStringLiteral("/inputs");
    const QString draft = folder + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces) + QStringLiteral(".draft");
    if (!QDir().mkpath(folder)) {
        return failure(timeline::ErrorCode::WriteFailed, folder);
    }
    try {
        generation::writeFrameFile(draft.toStdString(), frames);
        const std::string hash = generation::hashFile(draft.toStdString());
        const QString path = folder + u'/' + QString::fromStdString(hash) + QStringLiteral(".safetensors");
        std::error_code error;
        std::filesystem::rename(native(draft), native(path), error);
        if (error) {
            QFile::remove(draft);
            return failure(timeline::ErrorCode::WriteFailed, path, error.message());
        }
        return StoredInput{path, hash};
    } catch (const std::exception& error) {
        QFile::remove(draft);
        return failure(timeline::ErrorCode::WriteFailed, folder, error.what());
    }
}

void MediaCache::prune(std::uint64_t bytes) const {
    removeAbandoned(m_folder + QStringLiteral("/work"));
    removeAbandoned(m_folder + QStringLiteral("/inputs"), {QStringLiteral("*.draft")});
    std::vector<Entry> entries = entriesIn(m_folder);
    std::ranges::sort(entries, std::ranges::greater{}, &Entry::used);
    std::uint64_t kept = 0;
    for (const Entry& entry : entries) {
        kept += entry.bytes;
        if (kept > bytes) {
            QFileInfo(entry.path).isDir() ? QDir(entry.path).removeRecursively() : QFile::remove(entry.path);
        }
    }
}

} // namespace app
