#include "app/cli/DemoCommand.h"

#include "app/cli/DemoSheet.h"
#include "app/cli/ProjectFile.h"
#include "app/cli/Runs.h"
#include "app/generation/ShotTake.h"
#include "app/generation/ShotTask.h"
#include "app/media/TakeImporter.h"
#include "app/models/ModelCatalogue.h"
#include "app/project/CopyFiles.h"
#include "app/project/DemoProject.h"
#include "app/settings/Folders.h"
#include "timeline/edit/Takes.h"
#include "timeline/export/ExportPreset.h"
#include "timeline/io/MediaUrl.h"
#include "timeline/io/OtioWriter.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace app::cli {

namespace {

namespace fs = std::filesystem;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(DemoCommand)
};

/// The files of a demo in its folder.
struct Place {
    fs::path folder;
    fs::path project;
    fs::path media;
    fs::path film;
    fs::path sheet;

    explicit Place(const QString& chosen)
        : folder(fs::absolute(chosen.toStdString())), project(folder / "demo.otio"), media(mediaFolderOf(project)),
          film(folder / "demo.mp4"), sheet(folder / "contact-sheet.png") {}
};

/// Copies what the demo uses beside its project, so that the folder can be moved as a whole.
timeline::Result<void> copyMedia(const Place& place) {
    const fs::path from = (folders::resources() + QStringLiteral("/demo")).toStdString();
    timeline::Result<void> copied;
    for (const char* name : {"boat.mp4", "style-watercolor.png", "pad.flac"}) {
        if (copied) {
            copied = copyFile({from / name, place.media / name}, {}, [](std::uint64_t) {});
        }
    }
    return copied;
}

/// The project with its takes.
timeline::Result<timeline::Timeline> withTakes(timeline::Timeline timeline,
                                               const std::vector<GenerationResult>& results, const ModelInfo& model,
                                               const Place& place) {
    for (const GenerationResult& result : results) {
        const auto context = timeline::shotContext(timeline, result.shot);
        if (!context) {
            return context.error();
        }
        auto take = takeFor(timeline, *context, timeline::urlFor(result.path.toStdString(), place.folder),
                            result.record, model);
        auto edited =
            take.and_then([&](const auto& reference) { return timeline::addTake(timeline, result.shot, reference); });
        if (!edited) {
            return edited;
        }
        timeline = std::move(edited).value();
    }
    return timeline;
}

std::vector<GenerationTask> tasksFor(const DemoProject& demo, const ModelInfo& model, const Place& place) {
    ShotSnapshot snapshot{
        .timeline = std::make_shared<const timeline::Timeline>(demo.timeline),
        .shot = demo.promptShot,
        .model = model,
        .renderer = rendererSetup(QString::fromStdString(place.folder.string()), timeline::CompositorChoice::Auto),
        .seed = 7,
        .format = {}};
    const MediaCache cache(folders::cache());
    std::vector<GenerationTask> tasks{
        shotTask(snapshot, Text::tr("a shot from the prompt \"%1\"").arg(QString::fromStdString(demo.prompt)), cache,
                 place.media)};
    snapshot.shot = demo.restyleShot;
    tasks.push_back(shotTask(snapshot, Text::tr("a base clip restyled"), cache, place.media));
    return tasks;
}

void printFiles(const Place& place, bool json, QTextStream& out) {
    const auto text = [](const fs::path& path) { return QString::fromStdString(path.string()); };
    if (json) {
        out << QJsonDocument(QJsonObject{{QStringLiteral("film"), text(place.film)},
                                         {QStringLiteral("contactSheet"), text(place.sheet)},
                                         {QStringLiteral("project"), text(place.project)}})
                   .toJson();
    } else {
        out << text(place.film) << '\n' << text(place.sheet) << '\n' << text(place.project) << '\n';
    }
}

/// Film and contact sheet of the finished project.
std::optional<ExitCode> writeResults(const DemoProject& demo, const Place& place, const Streams& streams) {
    const auto film = std::make_shared<const timeline::Timeline>(demo.timeline);
    const timeline::RendererSetup setup =
        rendererSetup(QString::fromStdString(place.folder.string()), timeline::CompositorChoice::Auto);
    const auto exported = runExport(
        {.timeline = film, .range = {}, .preset = *timeline::findPreset("h264"), .output = place.film}, setup, streams);
    if (const auto* code = std::get_if<ExitCode>(&exported)) {
        return *code;
    }
    if (const auto drawn = writeDemoSheet(demo, setup, place.sheet); !drawn) {
        streams.err << failureFrom(drawn.error(), JobFault::Output).text << '\n';
        return ExitCode::Output;
    }
    return std::nullopt;
}

} // namespace

QString DemoCommand::summary() const {
    return Text::tr(
        "Makes the demo film: a shot from a prompt dissolves into a base clip in the look of a style picture.\n"
        "Writes demo.mp4, contact-sheet.png and demo.otio, which the editor opens.");
}

void DemoCommand::declare(QCommandLineParser& parser) const {
    parser.addOption({QStringLiteral("out"), Text::tr("The folder to write to (default: fantascope-demo)."),
                      QStringLiteral("DIR"), QStringLiteral("fantascope-demo")});
    parser.addOption({QStringLiteral("model"), Text::tr("Name of a model, or a model folder (default: the starter)."),
                      QStringLiteral("NAME|DIR"), QStringLiteral("starter")});
}

ExitCode DemoCommand::run(const QCommandLineParser& parser, const Streams& streams) {
    const Place place(parser.value(QStringLiteral("out")));
    const auto model =
        ModelCatalogue::scan(ModelCatalogue::standardRoots()).find(parser.value(QStringLiteral("model")));
    if (!model || !model->isUsable()) {
        streams.err << (model ? model->problem
                              : Text::tr("There is no model \"%1\".").arg(parser.value(QStringLiteral("model"))))
                    << '\n';
        return ExitCode::BadInput;
    }
    if (const auto copied = copyMedia(place); !copied) {
        return report(streams, copied.error(), ExitCode::Output);
    }
    auto demo = buildDemo(place.media, place.folder);
    if (!demo) {
        return report(streams, demo.error(), ExitCode::BadInput);
    }
    const auto made = runGeneration(tasksFor(*demo, *model, place), streams);
    if (const auto* code = std::get_if<ExitCode>(&made)) {
        return *code;
    }
    auto finished = withTakes(demo->timeline, std::get<std::vector<GenerationResult>>(made), *model, place);
    if (!finished) {
        return report(streams, finished.error(), ExitCode::Output);
    }
    demo->timeline = std::move(finished).value();
    if (const auto written = timeline::writeOtio(demo->timeline, place.project); !written) {
        return report(streams, written.error(), ExitCode::Output);
    }
    if (const auto failed = writeResults(*demo, place, streams)) {
        return *failed;
    }
    printFiles(place, wantsJson(parser), streams.out);
    return ExitCode::Ok;
}

} // namespace app::cli
