#include "app/cli/FindModel.h"
#include "app/cli/Interrupt.h"
#include "app/cli/PlanShot.h"
#include "app/cli/ProjectFile.h"
#include "app/cli/Runs.h"
#include "app/cli/SketchProblem.h"
#include "app/cli/StillNames.h"
#include "app/generation/ShotTake.h"
#include "app/generation/ShotTask.h"
#include "app/settings/Folders.h"
#include "timeline/edit/Takes.h"
#include "timeline/export/ExportPreset.h"
#include "timeline/export/SourceFiles.h"
#include "timeline/io/MediaUrl.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTemporaryDir>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(MakeSketch)
};

/// Where the results go and how they are told.
/// Thread: main.
struct Delivery {
    const QString& output;
    bool wantsJson;
    const Streams& streams;
};

/// What becomes of a take: its file, or the folder or pattern of its pictures.
QString outputOf(const Sketch& sketch, const QString& output, int take) {
    return sketch.takes == 1 ? output : outputOfTake(output, take);
}

const timeline::ExportPreset* filmPreset(const QString& output) {
    const QString suffix = QFileInfo(output).suffix().toLower();
    return suffix == u"mp4"   ? timeline::findPreset("h264")
           : suffix == u"mkv" ? timeline::findPreset("lossless")
                              : nullptr;
}

/// The shot alone, with its take.
timeline::Result<timeline::TimelinePtr> filmOf(const SketchedShot& sketched, const GenerationResult& result,
                                               const ModelInfo& model) {
    const auto context = timeline::shotContext(sketched.timeline, sketched.shot);
    auto take =
        takeFor(sketched.timeline, *context, timeline::urlFor(result.path.toStdString(), {}), result.record, model);
    auto film = take.and_then(
        [&](const auto& reference) { return timeline::addTake(sketched.timeline, sketched.shot, reference); });
    if (!film) {
        return film.error();
    }
    timeline::Track alone = timeline::makeTrack(timeline::TrackKind::Video, {});
    alone.items.push_back(timeline::makeItem(*timeline::findClip(*film, sketched.shot)));
    film->tracks = {alone};
    return std::make_shared<const timeline::Timeline>(std::move(film).value());
}

/// The states after every step of a run go where they were asked for.
std::optional<ExitCode> copyCheckpoints(const Sketch& sketch, const GenerationResult& result, int take,
                                        const Streams& streams) {
    if (sketch.checkpoints.isEmpty()) {
        return std::nullopt;
    }
    const QString from = QFileInfo(result.framesPath).path() + QStringLiteral("/checkpoints");
    const QString to = sketch.takes == 1 ? sketch.checkpoints : sketch.checkpoints + u'/' + QString::number(take);
    bool isFine = QDir().mkpath(to);
    const QStringList files = QDir(from).entryList(QDir::Files);
    for (const QString& file : files) {
        QFile::remove(to + u'/' + file);
        isFine = isFine && QFile::copy(from + u'/' + file, to + u'/' + file);
    }
    if (!isFine || files.isEmpty()) {
        streams.err << Text::tr("The states could not be written to %1.").arg(to) << '\n';
        return ExitCode::Output;
    }
    return std::nullopt;
}

std::optional<ExitCode> writeFilm(const timeline::TimelinePtr& film, const QString& output, const Streams& streams) {
    const timeline::RendererSetup setup = rendererSetup(QStringLiteral("/"), timeline::CompositorChoice::Auto);
    if (const auto names = StillNames::from(output)) {
        return runFrames(film, setup, *names, streams);
    }
    const auto done = runExport(
        {.timeline = film, .range = {}, .preset = *filmPreset(output), .output = output.toStdString()}, setup, streams);
    const auto* code = std::get_if<ExitCode>(&done);
    return code ? std::optional(*code) : std::nullopt;
}

QJsonObject json(const QString& output, const GenerationResult& result) {
    return {{QStringLiteral("file"), output},
            {QStringLiteral("seed"), QString::number(result.facts.seed)},
            {QStringLiteral("steps"), result.facts.steps},
            {QStringLiteral("guidance"), result.facts.guidance},
            {QStringLiteral("shift"), result.facts.shift},
            {QStringLiteral("sampler"), QString::fromStdString(result.facts.sampler)},
            {QStringLiteral("modelHash"), QString::fromStdString(result.facts.modelHash)},
            {QStringLiteral("requestKey"), QString::fromStdString(result.record.requestKey)},
            {QStringLiteral("seconds"), result.facts.seconds},
            {QStringLiteral("fromCache"), result.fromCache}};
}

std::vector<GenerationTask> tasksFor(const Sketch& sketch, const SketchedShot& sketched, const ModelInfo& model,
                                     const QString& folder) {
    const std::uint64_t seed = sketch.seed.value_or(QRandomGenerator::global()->bounded(1, 1 << 30));
    std::vector<GenerationTask> tasks;
    const auto film = std::make_shared<const timeline::Timeline>(sketched.timeline);
    const LoraFiles loras = LoraFiles::scan(modelRoots());
    for (int take = 0; take < sketch.takes; ++take) {
        const ShotSnapshot snapshot{.timeline = film,
                                    .shot = sketched.shot,
                                    .model = model,
                                    .renderer = rendererSetup(QStringLiteral("/"), timeline::CompositorChoice::Auto),
                                    .seed = seed + static_cast<std::uint64_t>(take),
                                    .format = {},
                                    .loras = loras,
                                    .extras = extrasFor(sketch, sketched, model)};
        tasks.push_back(shotTask(
            snapshot, sketch.takes == 1 ? Text::tr("Generating") : Text::tr("Generating take %1").arg(take + 1),
            MediaCache(folders::cache()), folder.toStdString()));
    }
    return tasks;
}

/// Whether `output` can be written when the time has come: asked before minutes of work, not after. Reports.
std::optional<ExitCode> checkOutput(const QString& output, const Streams& streams) {
    const auto stills = StillNames::from(output);
    if (!filmPreset(output) && !stills) {
        const bool isPng = QFileInfo(output).suffix().toLower() == u"png";
        streams.err << (isPng ? Text::tr("The name of numbered pictures holds one number: %1 has several.")
                              : Text::tr("The result is written as .mp4, .mkv or .png files, or into a folder: %1 is "
                                         "none of them."))
                           .arg(output)
                    << '\n';
        return ExitCode::Usage;
    }
    QFileInfo folder(isFolderName(output) ? stills->folder() : QFileInfo(output).absolutePath());
    while (isFolderName(output) && !folder.exists() && !folder.isRoot()) {
        folder = QFileInfo(folder.absolutePath()); // it will be made
    }
    if (!folder.isDir() || !folder.isWritable()) {
        streams.err << (folder.exists() ? Text::tr("Nothing can be written to %1.")
                                        : Text::tr("The folder %1 does not exist."))
                           .arg(folder.absoluteFilePath())
                    << '\n';
        return ExitCode::Output;
    }
    return std::nullopt;
}

/// A file that the shot is made of and that the result would be written over.
std::optional<QString> sourceAt(const Sketch& sketch, const SketchedShot& sketched, const QString& output) {
    const auto sources = timeline::sourceFiles(sketched.timeline, timeline::projectUrls("/"));
    const std::int64_t frames = timeline::timelineDuration(sketched.timeline).value();
    for (int take = 1; take <= sketch.takes; ++take) {
        const QString file = outputOf(sketch, output, take);
        const auto stills = StillNames::from(file);
        for (std::int64_t number = 1; number <= (stills ? frames : 1); ++number) {
            const QString name = stills ? stills->file(number) : file;
            if (QFileInfo::exists(name) && timeline::isAmong(name.toStdString(), sources)) {
                return name;
            }
        }
    }
    return std::nullopt;
}

std::optional<ExitCode> writeTakes(const Sketch& sketch, const SketchedShot& sketched, const ModelInfo& model,
                                   const std::vector<GenerationResult>& made, const Delivery& delivery) {
    QJsonArray documents;
    int take = 0;
    for (const GenerationResult& result : made) {
        const QString file = outputOf(sketch, delivery.output, ++take);
        const auto film = filmOf(sketched, result, model);
        if (!film) {
            delivery.streams.err << failureFrom(film.error(), JobFault::Output).text << '\n';
            return ExitCode::Output;
        }
        if (const auto failed = copyCheckpoints(sketch, result, take, delivery.streams)) {
            return failed;
        }
        if (const auto failed = writeFilm(*film, file, delivery.streams)) {
            return failed;
        }
        documents.append(json(file, result));
        if (!delivery.wantsJson) {
            delivery.streams.out << file << '\n';
        }
    }
    if (delivery.wantsJson) {
        delivery.streams.out << QJsonDocument(documents).toJson();
    }
    return std::nullopt;
}

/// Why the shot cannot be made, before anything is; empty when it can.
QString problemWith(const Sketch& sketch, const SketchedShot& sketched, const ModelInfo& model) {
    if (const QString problem = placeProblem(sketch, sketched); !problem.isEmpty()) {
        return problem;
    }
    const auto context = timeline::shotContext(sketched.timeline, sketched.shot);
    return shotProblem(*context, model, partsKept(extrasFor(sketch, sketched, model)));
}

std::variant<std::vector<GenerationResult>, ExitCode> generateTakes(const Sketch& sketch, const SketchedShot& sketched,
                                                                    const ModelInfo& model, const Streams& streams,
                                                                    const QString& folder) {
    const auto context = timeline::shotContext(sketched.timeline, sketched.shot);
    if (const QString note = shotNote(*context, model, partsKept(extrasFor(sketch, sketched, model)));
        !note.isEmpty()) {
        streams.err << note << '\n';
    }
    return runGeneration(tasksFor(sketch, sketched, model, folder), streams);
}

ExitCode planSketch(const Sketch& sketch, const SketchedShot& sketched, const ModelInfo& model, bool wantsJson,
                    const Streams& streams) {
    const auto planned = planShot(tasksFor(sketch, sketched, model, {}).front(), streams);
    if (const auto* code = std::get_if<ExitCode>(&planned)) {
        return *code;
    }
    printPlan(std::get<generation::PlannedEvent>(planned), wantsJson, streams.out);
    return ExitCode::Ok;
}

ExitCode makeFilms(const Sketch& sketch, const SketchedShot& sketched, const ModelInfo& model,
                   const Delivery& delivery) {
    const Streams& streams = delivery.streams;
    const Interrupt::Scope signals(streams.interrupt); // the folder is to go also when Ctrl-C comes between two steps
    const QTemporaryDir folder;
    if (!folder.isValid()) {
        streams.err << Text::tr("Nothing can be written to %1.").arg(QDir::tempPath()) << '\n';
        return ExitCode::Output;
    }
    const auto made = generateTakes(sketch, sketched, model, streams, folder.path());
    if (const auto* code = std::get_if<ExitCode>(&made)) {
        return *code;
    }
    return writeTakes(sketch, sketched, model, std::get<std::vector<GenerationResult>>(made), delivery)
        .value_or(ExitCode::Ok);
}

} // namespace

ExitCode makeSketch(const Sketch& sketch, const QString& output, bool wantsJson, const Streams& streams) {
    if (const auto failed = sketch.isPlan ? std::nullopt : checkOutput(output, streams)) {
        return *failed;
    }
    const auto model = findModel(sketch.model, streams);
    if (!model) {
        return ExitCode::BadInput;
    }
    const auto sketched = layOut(sketch, *model);
    if (!sketched) {
        streams.err << failureFrom(sketched.error(), JobFault::Input).text << '\n';
        return ExitCode::BadInput;
    }
    if (const QString problem = problemWith(sketch, *sketched, *model); !problem.isEmpty()) {
        streams.err << problem << '\n';
        return ExitCode::BadInput;
    }
    if (sketch.isPlan) {
        return planSketch(sketch, *sketched, *model, wantsJson, streams);
    }
    if (const auto source = sourceAt(sketch, *sketched, output)) {
        streams.err << Text::tr("%1 is what the shot is made of: choose another name for the result.").arg(*source)
                    << '\n';
        return ExitCode::Usage;
    }
    return makeFilms(sketch, *sketched, *model, {output, wantsJson, streams});
}

} // namespace app::cli
