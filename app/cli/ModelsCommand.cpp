#include "app/cli/ModelsCommand.h"

#include "app/models/DescribeModels.h"
#include "app/models/LoraFiles.h"
#include "app/models/ModelCatalogue.h"
#include "app/settings/Settings.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ModelsCommand)
};

QStringList setNames(const Conditions& set) {
    QStringList names;
    for (const std::string& condition : set) {
        names << QString::fromStdString(condition);
    }
    return names;
}

QJsonObject modelJson(const ModelInfo& model) {
    QJsonArray conditions;
    for (const Conditions& set : model.conditions) {
        conditions.append(QJsonArray::fromStringList(setNames(set)));
    }
    return {{QStringLiteral("kind"), QStringLiteral("model")},
            {QStringLiteral("name"), model.name},
            {QStringLiteral("folder"), model.folder},
            {QStringLiteral("family"), model.family},
            {QStringLiteral("licence"), model.licence},
            {QStringLiteral("width"), model.width},
            {QStringLiteral("height"), model.height},
            {QStringLiteral("frames"), model.frames},
            {QStringLiteral("fps"), model.fps},
            {QStringLiteral("steps"), model.steps},
            {QStringLiteral("guidance"), model.guidance},
            {QStringLiteral("shift"), model.shift},
            {QStringLiteral("sampler"), model.sampler},
            {QStringLiteral("conditions"), conditions},
            {QStringLiteral("problem"), model.problem}};
}

/// Models first, then LoRAs, which say so: {"kind": "lora", "name", "file"}.
QJsonArray documentOf(const ModelCatalogue& catalogue, const LoraFiles& loras) {
    QJsonArray documents;
    for (const ModelInfo& model : catalogue.models()) {
        documents.append(modelJson(model));
    }
    for (const QString& path : loras.paths()) {
        documents.append(QJsonObject{{QStringLiteral("kind"), QStringLiteral("lora")},
                                     {QStringLiteral("name"), QString::fromStdString(loras.nameOf(path))},
                                     {QStringLiteral("file"), path}});
    }
    return documents;
}

void print(const ModelInfo& model, QTextStream& out) {
    if (!model.isUsable()) {
        out << Text::tr("%1: cannot be used. %2").arg(model.name, model.problem) << '\n';
        return;
    }
    QStringList inputs{QStringLiteral("text")};
    for (const Conditions& set : model.conditions) {
        inputs << setNames(set).join(u'+');
    }
    out << Text::tr("%1: %2, %3x%4, %5 frames at %6 a second, %7 steps, licence %8")
               .arg(model.name, model.family, QString::number(model.width), QString::number(model.height),
                    QString::number(model.frames), QString::number(model.fps), QString::number(model.steps),
                    model.licence.isEmpty() ? Text::tr("unknown") : model.licence)
        << '\n';
    out << Text::tr("  inputs: %1").arg(inputs.join(QStringLiteral(", "))) << '\n'
        << Text::tr("  folder: %1").arg(model.folder) << '\n';
}

} // namespace

QString ModelsCommand::summary() const {
    return Text::tr("Lists the models that generate, and the LoRAs beside them.\n"
                    "A models folder holds model folders (in the published layout, or with loose files of a "
                    "transformer, a text encoder and a VAE), other tools' folders such as diffusion_models, vae and "
                    "text_encoders, and a folder loras.");
}

void ModelsCommand::declare(QCommandLineParser& parser) const {
    parser.addOption({QStringLiteral("in"), Text::tr("Only what is in this folder."), QStringLiteral("DIR")});
}

ExitCode ModelsCommand::run(const QCommandLineParser& parser, const Streams& streams) {
    const QString only = parser.value(QStringLiteral("in"));
    if (!only.isEmpty() && !QFileInfo(only).isDir()) {
        streams.err << Text::tr("The folder %1 does not exist.").arg(only) << '\n';
        return ExitCode::BadInput;
    }
    const QStringList roots = only.isEmpty() ? ModelCatalogue::standardRoots(Settings().list(Setting::ModelFolders))
                                             : QStringList{QFileInfo(only).absoluteFilePath()};
    ModelCatalogue catalogue = ModelCatalogue::scan(roots);
    catalogue.add(describeModels(catalogue.undescribed()));
    const LoraFiles loras = LoraFiles::scan(roots);
    if (wantsJson(parser)) {
        streams.out << QJsonDocument(documentOf(catalogue, loras)).toJson();
    } else {
        for (const ModelInfo& model : catalogue.models()) {
            print(model, streams.out);
        }
        for (const QString& path : loras.paths()) {
            streams.out << Text::tr("LoRA %1").arg(QString::fromStdString(loras.nameOf(path))) << '\n'
                        << Text::tr("  file: %1").arg(path) << '\n';
        }
    }
    if (catalogue.models().empty()) {
        streams.err << Text::tr("There is no model in %1.").arg(roots.join(Text::tr(" or "))) << '\n';
    }
    return catalogue.models().empty() ? ExitCode::BadInput : ExitCode::Ok;
}

} // namespace app::cli
