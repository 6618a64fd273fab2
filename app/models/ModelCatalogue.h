#pragma once

#include "app/models/ModelInfo.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace app {

/// The models in a list of folders, by name. Where two have one name, the one in the earlier folder counts.
/// Thread: GUI; what it hands out are values.
class ModelCatalogue {
public:
    /// The model folders in each of `roots`, in the order of their names. A root that is itself a model folder counts
    /// too, and so does one with the folders of other tools in it. What only the worker can describe is there when it
    /// was described before, and in undescribed() when it was not.
    static ModelCatalogue scan(const QStringList& roots);
    /// Where models are looked for: our resources, the user's data folder, and `more`.
    static QStringList standardRoots(const QStringList& more = {});

    /// Places to ask the worker about; see describeModels().
    const QStringList& undescribed() const { return m_undescribed; }
    void add(const std::vector<ModelInfo>& described);

    const std::vector<ModelInfo>& models() const { return m_models; } ///< also those that cannot be used
    /// By name, or by the path of a model folder anywhere. Empty: `preferred`, else the first that can be used.
    std::optional<ModelInfo> find(const QString& nameOrFolder, const QString& preferred = {}) const;

private:
    void addUnlessThere(ModelInfo info);

    std::vector<ModelInfo> m_models;
    QStringList m_undescribed;
};

} // namespace app
