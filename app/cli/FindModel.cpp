#include "app/cli/FindModel.h"

#include "app/models/DescribeModels.h"
#include "app/models/ModelCatalogue.h"
#include "app/settings/Settings.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(FindModel)
};

std::optional<ModelInfo> known(const QString& name) {
    ModelCatalogue catalogue = ModelCatalogue::scan(modelRoots());
    const QString preferred = Settings().text(Setting::Model);
    if (auto found = catalogue.find(name, preferred); found && found->isUsable()) {
        return found;
    }
    if (QFileInfo::exists(name)) {
        const auto described = describeModels({QFileInfo(name).absoluteFilePath()});
        return described.empty() ? std::nullopt : std::optional(described.front());
    }
    catalogue.add(describeModels(catalogue.undescribed()));
    return catalogue.find(name, preferred);
}

QString missingModelText(const QString& name) {
    return name.isEmpty()
               ? Text::tr("There is no model. \"fantascope models\" says where models are looked for.")
               : Text::tr("There is no model \"%1\". \"fantascope models\" lists those there are.").arg(name);
}

} // namespace

QStringList modelRoots() {
    return ModelCatalogue::standardRoots(Settings().list(Setting::ModelFolders));
}

std::optional<ModelInfo> findModel(const QString& name, const Streams& streams) {
    auto model = known(name);
    if (!model || !model->isUsable()) {
        streams.err << (model ? model->problem : missingModelText(name)) << '\n';
        return std::nullopt;
    }
    return model;
}

} // namespace app::cli
