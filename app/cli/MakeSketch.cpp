#include "app/cli/Interrupt.h"
#include "app/cli/ProjectFile.h"
#include "app/cli/Runs.h"
#include "app/cli/Sketch.h"
#include "app/generation/ShotTake.h"
#include "app/media/TakeImporter.h"
#include "app/models/ModelCatalogue.h"
#include "app/settings/Folders.h"
#include "app/settings/Settings.h"
#include "timeline/edit/Takes.h"
#include "timeline/export/ExportPreset.h"
#include "timeline/io/MediaUrl.h"
#include "timeline/model/Query.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTemporaryDir>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(MakeSketch)
};

/// The file of one of several takes.
QString numbered(const QString& output, int take, int takes) {
    if (takes == 1) {
        return output;
    }
    const QFileInfo info(output);
    const QString suffix = info.suffix().isEmpty() ? QString() : u'.' + info.suffix();
    return output.chopped(suffix.size()) + QStringLiteral("-%1").arg(take) + suffix;
}

/// The pattern for PNG files, or nothing when `output` names a film. The folder is made.
std::optional<QString> stillPattern(const QString& output) {
    static const QRegularExpression number(QStringLiteral("%0?\\d*d"));
    const QFileInfo info(output);
    QString pattern;
    if (output.endsWith(u'/') || info.suffix().isEmpty()) {
        pattern = QDir(output).filePath(QStringLiteral("frame.%04d.png"));
    } else if (info.suffix().toLower() == u"png") {
        pattern = info.fileName().count(number) == 1 ? output : output.chopped(4) + QStringLiteral(".%04d.png");
    } else {
        return std::nullopt;
    }
    QDir().mkpath(QFileInfo(pattern).path());
    return pattern;
}

const timeline::ExportPreset* filmPreset(const QString& output) {
    const QString suffix = QFileInfo(output).suffix().toLower();
    return suffix == u"mp4"   ? timeline::findPreset("h264")
           : suffix == u"mkv" ? timeline::findPreset("lossless")
                              : nullptr;
}

GenerationTask taskFor(const ShotSnapshot& snapshot, const QString& title, const QString& folder) {
    GenerationTask task;
    task.title = title;
    task.shot = snapshot.shot;
    task.prepare = [snapshot](std::stop_token stop) {
        return prepareShot(snapshot, MediaCache(folders::cache()), std::move(stop));
    };
    task.deliver = [folder](const GeneratedFrames& made, std::stop_token stop) -> timeline::Result<QString> {
        auto file = writeTake(made.frames, folder.toStdString(), made.prepared.record, std::move(stop));
        return file ? timeline::Result<QString>(QString::fromStdString(file->string())) : file.error();
    };
    return task;
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
    const auto position = timeline::findItem(*film, sketched.shot);
    for (std::size_t track = 0; track < film->tracks.size(); ++track) {
        film->tracks[track].enabled = track == position->track;
    }
    return std::make_shared<const timeline::Timeline>(std::move(film).value());
}

std::optional<ExitCode> writeFilm(const timeline::TimelinePtr& film, const QString& output, const Streams& streams) {
    const timeline::RendererSetup setup = rendererSetup(QStringLiteral("/"), timeline::CompositorChoice::Auto);
    if (const auto pattern = stillPattern(output)) {
        return runFrames(film, setup, *pattern, streams);
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

std::optional<ModelInfo> findModel(const QString& name) {
    const Settings settings;
    const ModelCatalogue catalogue =
        ModelCatalogue::scan(ModelCatalogue::standardRoots(settings.list(Setting::ModelFolders)));
    return catalogue.find(name, settings.text(Setting::Model));
}

std::vector<GenerationTask> tasksFor(const Sketch& sketch, const SketchedShot& sketched, const ModelInfo& model,
                                     const QString& folder) {
    const std::uint64_t seed = sketch.seed.value_or(QRandomGenerator::global()->bounded(1, 1 << 30));
    std::vector<GenerationTask> tasks;
    for (int take = 0; take < sketch.takes; ++take) {
        timeline::Timeline version = sketched.timeline;
        auto seeded = std::make_shared<timeline::Timeline>(std::move(version));
        for (timeline::Track& track : seeded->tracks) {
            for (timeline::ItemPtr& item : track.items) {
                const timeline::Clip* clip = timeline::asClip(item);
                if (clip && clip->id == sketched.shot) {
                    timeline::Recipe recipe = *timeline::recipeOf(*clip);
                    recipe.seed = seed + static_cast<std::uint64_t>(take);
                    item = timeline::makeItem(timeline::withRecipe(*clip, recipe));
                }
            }
        }
        const ShotSnapshot snapshot{.timeline = seeded,
                                    .shot = sketched.shot,
                                    .model = model,
                                    .renderer = rendererSetup(QStringLiteral("/"), timeline::CompositorChoice::Auto),
                                    .seed = seed,
                                    .format = {}};
        tasks.push_back(
            taskFor(snapshot, sketch.takes == 1 ? Text::tr("Generating") : Text::tr("Generating take %1").arg(take + 1),
                    folder));
    }
    return tasks;
}

} // namespace

ExitCode makeSketch(const Sketch& sketch, const QString& output, bool wantsJson, const Streams& streams) {
    if (!filmPreset(output) && !stillPattern(output)) {
        streams.err << Text::tr(
                           "The result is written as .mp4, .mkv or .png files, or into a folder: %1 is none of them.")
                           .arg(output)
                    << '\n';
        return ExitCode::Usage;
    }
    if (!QFileInfo(QFileInfo(output).absolutePath()).isDir()) {
        // Before minutes of work, not after.
        streams.err << Text::tr("The folder %1 does not exist.").arg(QFileInfo(output).absolutePath()) << '\n';
        return ExitCode::Output;
    }
    const auto model = findModel(sketch.model);
    if (!model || !model->isUsable()) {
        streams.err << (model ? model->problem
                              : Text::tr("There is no model \"%1\". \"fantascope models\" lists those there are.")
                                    .arg(sketch.model))
                    << '\n';
        return ExitCode::BadInput;
    }
    const auto sketched = layOut(sketch, *model);
    if (!sketched) {
        streams.err << failureFrom(sketched.error(), JobFault::Input).text << '\n';
        return ExitCode::BadInput;
    }
    const QTemporaryDir folder;
    const auto made = runGeneration(tasksFor(sketch, *sketched, *model, folder.path()), streams);
    if (const auto* code = std::get_if<ExitCode>(&made)) {
        return *code;
    }
    QJsonArray documents;
    int take = 0;
    for (const GenerationResult& result : std::get<std::vector<GenerationResult>>(made)) {
        const QString file = numbered(output, ++take, sketch.takes);
        const auto film = filmOf(*sketched, result, *model);
        if (!film) {
            streams.err << failureFrom(film.error(), JobFault::Output).text << '\n';
            return ExitCode::Output;
        }
        if (const auto failed = writeFilm(*film, file, streams)) {
            return *failed;
        }
        documents.append(json(file, result));
        if (!wantsJson) {
            streams.out << file << '\n';
        }
    }
    if (wantsJson) {
        streams.out << QJsonDocument(documents).toJson();
    }
    return ExitCode::Ok;
}

} // namespace app::cli
