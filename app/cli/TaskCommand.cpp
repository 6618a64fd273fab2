#include "app/cli/TaskCommand.h"

#include "app/cli/TaskDocument.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace app::cli {

namespace {

constexpr qint64 kMostBytes = 1 << 20;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(TaskCommand)
};

} // namespace

QString TaskCommand::summary() const {
    return Text::tr(
        "Runs a task document (JSON).\n"
        "Its fields: task_type text-to-video, image-to-video, video-to-video, extend-video, bridge-videos, "
        "retake-video, inpaint-video or outpaint-video; input with prompt, negative_prompt, prompts (at_seconds, "
        "prompt), image_url, last_image_url, known_images (frame, image_url), video_url, before_video_url, "
        "after_video_url, mask_url, place, retake and style_image_url; model_id; settings with the options of generate "
        "(seed, steps, control, lora and so on, _ in place of -); output_settings with duration_seconds, resolution, "
        "fps and takes.\n"
        "Urls are paths (relative to the document) or file: URLs.");
}

void TaskCommand::declare(QCommandLineParser& parser) const {
    parser.addPositionalArgument(argumentNames(), Text::tr("The task document."));
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")},
                      Text::tr("The film to write: .mp4, .mkv, .png (numbered) or a folder for PNG files."),
                      QStringLiteral("OUT")});
    parser.addOption({QStringLiteral("plan"), Text::tr("Make nothing: say what memory and time it would take.")});
}

ExitCode TaskCommand::run(const QCommandLineParser& parser, const Streams& streams) {
    const bool isPlan = parser.isSet(QStringLiteral("plan"));
    if (parser.positionalArguments().size() != 1 || (!parser.isSet(QStringLiteral("output")) && !isPlan)) {
        return usageError(streams, Text::tr("One task document and -o OUT are needed."));
    }
    const QFileInfo info(parser.positionalArguments().first());
    QFile file(info.filePath());
    if (!info.isFile() || info.size() > kMostBytes || !file.open(QIODevice::ReadOnly)) {
        streams.err << Text::tr("%1 cannot be read, or is larger than a task can be.").arg(info.filePath()) << '\n';
        return ExitCode::BadInput;
    }
    const auto task = readTask(file.readAll(), info.absolutePath());
    if (const auto* problem = std::get_if<TaskProblem>(&task)) {
        streams.err << Text::tr("%1: %2").arg(info.filePath(), problem->text) << '\n';
        return ExitCode::BadInput;
    }
    TaskDocument document = std::get<TaskDocument>(task);
    document.sketch.isPlan = isPlan;
    for (const QString& field : document.ignored) {
        streams.err << Text::tr("Warning: the task's field \"%1\" is not known and was ignored.").arg(field) << '\n';
    }
    return makeSketch(document.sketch, parser.value(QStringLiteral("output")), wantsJson(parser), streams);
}

} // namespace app::cli
