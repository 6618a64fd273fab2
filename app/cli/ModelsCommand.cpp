#include "app/cli/ModelsCommand.h"

#include "app/models/ModelCatalogue.h"
#include "app/settings/Settings.h"

#include <QCoreApplication>
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
    return {{QStringLiteral("name"), model.name},       {QStringLiteral("folder"), model.folder},
            {QStringLiteral("family"), model.family},   {QStringLiteral("licence"), model.licence},
            {QStringLiteral("width"), model.width},     {QStringLiteral("height"), model.height},
            {QStringLiteral("frames"), model.frames},   {QStringLiteral("fps"), model.fps},
            {QStringLiteral("steps"), model.steps},     {QStringLiteral("guidance"), model.guidance},
            {QStringLiteral("shift"), model.shift},     {QStringLiteral("sampler"), model.sampler},
            {QStringLiteral("conditions"), conditions}, {QStringLiteral("problem"), model.problem}};
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
    return Text::tr("Lists the models that generate.");
}

void ModelsCommand::declare(QCommandLineParser&) const {}

ExitCode ModelsCommand::run(const QCommandLineParser& parser, const Streams& streams) {
    const Settings settings;
    const ModelCatalogue catalogue =
        ModelCatalogue::scan(ModelCatalogue::standardRoots(settings.list(Setting::ModelFolders)));
    QJsonArray documents;
    for (const ModelInfo& model : catalogue.models()) {
        if (wantsJson(parser)) {
            documents.append(modelJson(model));
        } else {
            print(model, streams.out);
        }
    }
    if (wantsJson(parser)) {
        streams.out << QJsonDocument(documents).toJson();
    } else if (catalogue.models().empty()) {
        streams.err << Text::tr("There is no model in %1.").arg(ModelCatalogue::standardRoots().join(Text::tr(" or ")))
                    << '\n';
    }
    return catalogue.models().empty() ? ExitCode::BadInput : ExitCode::Ok;
}

} // namespace app::cli
