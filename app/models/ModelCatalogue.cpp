#include "app/models/ModelCatalogue.h"

#include "app/models/DescribeModels.h"
#include "app/settings/Folders.h"

#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

namespace app {

namespace {

constexpr int kMostEntries = 10'000;
/// Folders that other tools sort the parts of models into: no models themselves.
const QStringList kParts{QStringLiteral("diffusion_models"),
                         QStringLiteral("unet"),
                         QStringLiteral("vae"),
                         QStringLiteral("text_encoders"),
                         QStringLiteral("text_encoder"),
                         QStringLiteral("clip"),
                         QStringLiteral("clip_vision"),
                         QStringLiteral("loras"),
                         QStringLiteral("transformer"),
                         QStringLiteral("transformer_2"),
                         QStringLiteral("image_encoder"),
                         QStringLiteral("tokenizer"),
                         QStringLiteral("high_noise_model"),
                         QStringLiteral("low_noise_model"),
                         QStringLiteral("vae_approx"),
                         QStringLiteral("taehv")};

bool isModelFolder(const QString& folder) {
    return QFileInfo::exists(folder + QStringLiteral("/model_index.json"));
}

/// Folders that describe themselves, or that the worker may know.
bool mayBeModel(const QString& folder) {
    return isModelFolder(folder) || hasWeights(folder);
}

QStringList modelFolders(const QString& root) {
    if (isModelFolder(root)) {
        return {root};
    }
    QStringList folders;
    QDirIterator entries(root, QDir::Dirs | QDir::NoDotAndDotDot);
    for (int seen = 0; seen < kMostEntries && entries.hasNext(); ++seen) {
        const QString folder = entries.next();
        if (!kParts.contains(QFileInfo(folder).fileName()) && mayBeModel(folder)) {
            folders.append(folder);
        }
    }
    folders.sort();
    if (hasWeights(root)) {
        folders.append(root);
    }
    return folders;
}

} // namespace

ModelCatalogue ModelCatalogue::scan(const QStringList& roots) {
    ModelCatalogue catalogue;
    for (const QString& root : roots) {
        for (const QString& folder : modelFolders(root)) {
            if (isModelFolder(folder) && describesItself(folder)) {
                catalogue.addUnlessThere(readModelInfo(folder));
            } else if (const auto remembered = rememberedModels(folder)) {
                catalogue.add(*remembered);
            } else {
                catalogue.m_undescribed << folder;
            }
        }
    }
    return catalogue;
}

void ModelCatalogue::add(const std::vector<ModelInfo>& described) {
    for (const ModelInfo& info : described) {
        addUnlessThere(info);
    }
}

void ModelCatalogue::addUnlessThere(ModelInfo info) {
    if (std::ranges::find(m_models, info.name, &ModelInfo::name) == m_models.end()) {
        m_models.push_back(std::move(info));
    }
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
    if (!QFileInfo::exists(nameOrFolder)) {
        return std::nullopt;
    }
    if (isModelFolder(nameOrFolder) && describesItself(nameOrFolder)) {
        return readModelInfo(nameOrFolder);
    }
    const auto remembered = rememberedModels(QFileInfo(nameOrFolder).absoluteFilePath());
    if (remembered && !remembered->empty()) {
        return remembered->front();
    }
    return QFileInfo(nameOrFolder).isDir() ? std::optional(readModelInfo(nameOrFolder)) : std::nullopt;
}

} // namespace app
