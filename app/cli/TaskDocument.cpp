#include "app/cli/TaskDocument.h"

#include "app/cli/ReadSettings.h"
#include "app/cli/Runs.h"
#include "app/cli/SketchProblem.h"
#include "app/cli/TaskFields.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(TaskDocument)
};

/// What a url names: a path as it is, or a file: URL's. Others are noted.
QString pathIn(TaskFields& fields, const QString& key, const QString& url) {
    static const QRegularExpression scheme(QStringLiteral("^([A-Za-z][A-Za-z0-9+.-]+):"));
    const auto match = scheme.match(url);
    if (!match.hasMatch()) {
        return url;
    }
    const QString file = QUrl(url).toLocalFile();
    fields.check(
        key, match.captured(1).toLower() == u"file" && !file.isEmpty(),
        Text::tr("names \"%1\": only files of this machine can be used, nothing is fetched from a network").arg(url));
    return file;
}

QString localFile(TaskFields& fields, const QString& key, const QString& folder, bool isNeeded) {
    const QString url = isNeeded ? fields.neededText(key) : fields.text(key);
    if (url.isEmpty()) {
        fields.check(key, !isNeeded, Text::tr("is empty"));
        return {};
    }
    return QDir(folder).absoluteFilePath(pathIn(fields, key, url));
}

/// LoRAs beside the document by their paths; what is no file there is looked for in the loras folders.
void resolveLoras(TaskFields& settings, const QString& folder, Sketch& sketch) {
    for (timeline::RecipeLora& lora : sketch.loras) {
        const QString path = pathIn(settings, QStringLiteral("lora"), QString::fromStdString(lora.file));
        const QFileInfo file(QDir(folder).absoluteFilePath(path));
        lora.file = (file.isFile() ? file.absoluteFilePath() : path).toStdString();
    }
}

/// The field of a document that says what an option of generate says.
QString fieldName(const char* option) {
    static const std::map<QString, QString> inputs{{QStringLiteral("prompt"), QStringLiteral("prompt")},
                                                   {QStringLiteral("base"), QStringLiteral("video_url")},
                                                   {QStringLiteral("image"), QStringLiteral("image_url")},
                                                   {QStringLiteral("last"), QStringLiteral("last_image_url")},
                                                   {QStringLiteral("known"), QStringLiteral("known_images")},
                                                   {QStringLiteral("before"), QStringLiteral("before_video_url")},
                                                   {QStringLiteral("after"), QStringLiteral("after_video_url")},
                                                   {QStringLiteral("mask"), QStringLiteral("mask_url")},
                                                   {QStringLiteral("place"), QStringLiteral("place")},
                                                   {QStringLiteral("retake"), QStringLiteral("retake")},
                                                   {QStringLiteral("style"), QStringLiteral("style_image_url")}};
    const auto found = inputs.find(QLatin1String(option));
    return found != inputs.end() ? QStringLiteral("input.") + found->second
                                 : QStringLiteral("settings.") + QString::fromLatin1(option).replace(u'-', u'_');
}

void readOutput(TaskFields output, Sketch& sketch) {
    sketch.seconds = output.number(QStringLiteral("duration_seconds"), 0.01, 3600.0);
    sketch.takes = static_cast<int>(output.integer(QStringLiteral("takes"), 1, 100).value_or(1));
    if (const auto fps = output.number(QStringLiteral("fps"), 1.0, 1000.0)) {
        sketch.rate = timeline::FrameRate::fromDouble(*fps);
    }
    const QString resolution = output.text(QStringLiteral("resolution"));
    output.noteTheRest();
    if (resolution.isEmpty()) {
        return;
    }
    static const QRegularExpression lines(QStringLiteral("^(\\d{2,4})[pP]$"));
    auto size = parseSize(resolution);
    if (const auto match = lines.match(resolution); match.hasMatch()) {
        const int height = match.captured(1).toInt();
        size = FrameSize{(height * 16 / 9 + 1) / 2 * 2, height};
    }
    output.check(QStringLiteral("resolution"), size.has_value(),
                 Text::tr("has to be a size such as \"1280x720\" or \"720p\""));
    if (size) {
        sketch.width = size->width;
        sketch.height = size->height;
    }
}

/// What kinds of task there are, and the clip or still that each is about.
struct TaskKind {
    const char* name;
    const char* needs; ///< null: nothing but the prompt
};

constexpr std::array kKinds{TaskKind{"text-to-video", nullptr},      TaskKind{"image-to-video", "image_url"},
                            TaskKind{"video-to-video", "video_url"}, TaskKind{"extend-video", nullptr},
                            TaskKind{"bridge-videos", nullptr},      TaskKind{"retake-video", "video_url"},
                            TaskKind{"inpaint-video", "video_url"},  TaskKind{"outpaint-video", "video_url"}};

const TaskKind* kindNamed(const QString& name) {
    const auto found =
        std::ranges::find_if(kKinds, [&](const TaskKind& kind) { return name == QLatin1String(kind.name); });
    return found == kKinds.end() ? nullptr : &*found;
}

QString kindNames() {
    QStringList names;
    for (const TaskKind& kind : kKinds) {
        names << QLatin1String(kind.name);
    }
    return names.join(QStringLiteral(", "));
}

/// Prompts and pictures that have a place in the shot.
void readTimed(TaskFields& input, const QString& folder, Sketch& sketch) {
    for (TaskFields& prompt : input.objects(QStringLiteral("prompts"))) {
        sketch.laterPrompts.push_back({prompt.number(QStringLiteral("at_seconds"), 0.0, 3600.0).value_or(0.0),
                                       prompt.neededText(QStringLiteral("prompt"))});
        prompt.noteTheRest();
    }
    std::ranges::stable_sort(sketch.laterPrompts, {}, &SketchPrompt::seconds);
    for (TaskFields& still : input.objects(QStringLiteral("known_images"))) {
        sketch.known.push_back({still.integer(QStringLiteral("frame"), 0, 99'999).value_or(0),
                                localFile(still, QStringLiteral("image_url"), folder, true)});
        still.noteTheRest();
    }
}

/// What a task of each kind has to say beside the clip it is about, and what does not belong to it.
void checkKind(TaskFields& input, const QString& type, const Sketch& sketch) {
    const auto needs = [&](const char* kind, const char* key, bool isThere, bool isOnlyThere = true) {
        const bool isMeant = type == QLatin1String(kind);
        input.check(QLatin1String(key), !isMeant || isThere, Text::tr("is missing"));
        input.check(QLatin1String(key), isMeant || !isOnlyThere || !isThere,
                    Text::tr("does not belong to a %1 task").arg(type));
    };
    needs("inpaint-video", "mask_url", !sketch.mask.isEmpty());
    needs("outpaint-video", "place", sketch.placement.has_value());
    needs("retake-video", "retake", sketch.retake.has_value());
    const bool hasBefore = !sketch.before.isEmpty();
    const bool hasAfter = !sketch.after.isEmpty();
    if (type == u"extend-video") {
        input.check(QStringLiteral("before_video_url"), hasBefore != hasAfter,
                    Text::tr("or after_video_url has to be there, and not both"));
    } else if (type == u"bridge-videos") {
        input.check(QStringLiteral("before_video_url"), hasBefore, Text::tr("is missing"));
        input.check(QStringLiteral("after_video_url"), hasAfter, Text::tr("is missing"));
    } else {
        input.check(QStringLiteral("before_video_url"), !hasBefore, Text::tr("does not belong to a %1 task").arg(type));
        input.check(QStringLiteral("after_video_url"), !hasAfter, Text::tr("does not belong to a %1 task").arg(type));
    }
    const bool isPicture = type == u"image-to-video";
    input.check(QStringLiteral("last_image_url"), sketch.last.isEmpty() || isPicture,
                Text::tr("does not belong to a %1 task").arg(type));
    input.check(QStringLiteral("known_images"), sketch.known.empty() || isPicture,
                Text::tr("does not belong to a %1 task").arg(type));
}

void readInput(TaskFields& input, const QString& folder, const QString& type, Sketch& sketch) {
    const auto file = [&](const char* key, bool isNeeded = false) {
        return localFile(input, QLatin1String(key), folder, isNeeded);
    };
    const TaskKind* kind = kindNamed(type);
    const auto isNeeded = [&](const char* key) {
        return kind && kind->needs && QLatin1String(kind->needs) == QLatin1String(key);
    };
    sketch.prompt = input.neededText(QStringLiteral("prompt"));
    sketch.negative = input.text(QStringLiteral("negative_prompt"));
    sketch.image = file("image_url", isNeeded("image_url"));
    sketch.base = file("video_url", isNeeded("video_url"));
    input.check(QStringLiteral("image_url"), sketch.image.isEmpty() || isNeeded("image_url"),
                Text::tr("does not belong to a %1 task").arg(type));
    input.check(QStringLiteral("video_url"), sketch.base.isEmpty() || isNeeded("video_url"),
                Text::tr("does not belong to a %1 task").arg(type));
    sketch.last = file("last_image_url");
    sketch.before = file("before_video_url");
    sketch.after = file("after_video_url");
    sketch.mask = file("mask_url");
    if (const QString style = file("style_image_url"); !style.isEmpty()) {
        sketch.styles << style;
    }
    if (input.isSet(QStringLiteral("place"))) {
        sketch.placement = parsePlacement(input.text(QStringLiteral("place")));
        input.require(sketch.placement.has_value(), QStringLiteral("place"),
                      Text::tr("a size and a corner in pixels, such as \"128x72+48+28\""));
    }
    if (input.isSet(QStringLiteral("retake"))) {
        sketch.retake = parseFrames(input.text(QStringLiteral("retake")));
        input.require(sketch.retake.has_value(), QStringLiteral("retake"), Text::tr("frames such as \"12-24\""));
    }
    readTimed(input, folder, sketch);
}

} // namespace

std::variant<TaskDocument, TaskProblem> readTask(const QByteArray& document, const QString& folder) {
    QJsonParseError error{};
    const QJsonDocument parsed = QJsonDocument::fromJson(document, &error);
    if (!parsed.isObject()) {
        return TaskProblem{
            parsed.isNull()
                ? Text::tr("The task is not JSON: %1, at byte %2.").arg(error.errorString()).arg(error.offset)
                : Text::tr("The task has to be a JSON object.")};
    }
    TaskFindings findings;
    Sketch sketch;
    TaskFields task(parsed.object(), {}, findings);
    const QString type = task.neededText(QStringLiteral("task_type"));
    task.check(QStringLiteral("task_type"), kindNamed(type) != nullptr,
               Text::tr("is \"%1\", and has to be one of %2").arg(type, kindNames()));
    TaskFields input = task.object(QStringLiteral("input"), true);
    readInput(input, folder, type, sketch);
    input.noteTheRest();
    sketch.model = task.text(QStringLiteral("model_id"));
    TaskFields settings = task.object(QStringLiteral("settings"), false);
    readSettings(settings, sketch);
    resolveLoras(settings, folder, sketch);
    settings.noteTheRest();
    readOutput(task.object(QStringLiteral("output_settings"), false), sketch);
    checkKind(input, type, sketch);
    task.noteTheRest();
    if (!findings.problem.isEmpty()) {
        return TaskProblem{findings.problem};
    }
    if (const QString problem = sketchProblem(sketch, fieldName); !problem.isEmpty()) {
        return TaskProblem{problem};
    }
    return TaskDocument{sketch, findings.ignored};
}

} // namespace app::cli
