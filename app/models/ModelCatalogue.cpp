#include "app/models/ModelCatalogue.h"

#include "app/settings/Folders.h"

#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

namespace app {

namespace {

constexpr int kMostEntries = 10'000;

bool isModelFolder(const QString& folder) {
    return QFileInfo::exists(folder + QStringLiteral("/model_index.json"));
}

QStringList modelFolders(const QString& root) {
    if (isModelFolder(root)) {
        return {root};
    }
    QStringList folders;
    QDirIterator entries(root, QDir::Dirs | QDir::NoDotAndDotDot);
    for (int seen = 0; seen < kMostEntries && entries.hasNext(); ++seen) {
        const QString folder = entries.next();
        if (isModelFolder(folder)) {
            folders.append(folder);
        }
    }
    folders.sort();
    return folders;
}

} // namespace

ModelCatalogue ModelCatalogue::scan(const QStringList& roots) {
    ModelCatalogue catalogue;
    for (const QString& root : roots) {
        for (const QString& folder : modelFolders(root)) {
            ModelInfo info = readModelInfo(folder);
            if (std::ranges::find(catalogue.m_models, info.name, &ModelInfo::name) == catalogue.m_models.end()) {
                catalogue.m_models.push_back(std::move(info));
            }
        }
    }
    return catalogue;
}

QStringList ModelCatalogue::standardRoots(const QStringList& more) {
    return QStringList{folders::resources() + QStringLiteral("/models"), folders::data() + QStringLiteral("/models")} +
           more;
}

std::optional<ModelInfo> ModelCatalogue::find(const QString& nameOrFolder, const QString& preferred) const {
    const auto named = [this](const QString& name) { return std::ranges::find(m_models, name, &ModelInfo::name); };
    if (nameOrFolder.isEmpty()) {
        auto found = named(preferred);
        if (found == m_models.end() || !found->isUsable()) {
            found = std::ranges::find_if(m_models, &ModelInfo::isUsable);
        }
        return found == m_models.end() ? std::nullopt : std::optional(*found);
    }
    if (const auto found = named(nameOrFolder); found != m_models.end()) {
        return *found;
    }
    if (QFileInfo(nameOrFolder).isDir()) {
        return readModelInfo(nameOrFolder);
    }
    return std::nullopt;
}

} // namespace app
