#include "app/models/LoraFiles.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace app {

namespace {

constexpr int kMostFiles = 10'000;
constexpr int kDepth = 2;

void addFrom(const QString& folder, int depth, QStringList& paths) {
    const QDir entries(folder);
    for (const QFileInfo& info :
         entries.entryInfoList({QStringLiteral("*.safetensors"), QStringLiteral("*.sft"), QStringLiteral("*.gguf")},
                               QDir::Files, QDir::Name)) {
        if (paths.size() < kMostFiles) {
            paths << info.absoluteFilePath();
        }
    }
    for (const QFileInfo& info : entries.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (depth > 1 && paths.size() < kMostFiles) {
            addFrom(info.filePath(), depth - 1, paths);
        }
    }
}

} // namespace

LoraFiles LoraFiles::scan(const QStringList& roots) {
    LoraFiles found;
    for (const QString& root : roots) {
        const QString folder = QDir(root).dirName() == u"loras" ? root : root + QStringLiteral("/loras");
        addFrom(folder, kDepth, found.m_paths);
    }
    found.m_paths.removeDuplicates();
    return found;
}

QString LoraFiles::find(const std::string& file) const {
    const QString wanted = QString::fromStdString(file);
    if (QFileInfo(wanted).isAbsolute()) {
        return QFileInfo(wanted).isFile() ? wanted : QString();
    }
    const auto found =
        std::ranges::find_if(m_paths, [&](const QString& path) { return QFileInfo(path).fileName() == wanted; });
    return found == m_paths.end() ? QString() : *found;
}

std::string LoraFiles::nameOf(const QString& path) const {
    const std::string name = QFileInfo(path).fileName().toStdString();
    return find(name) == path ? name : path.toStdString();
}

} // namespace app
