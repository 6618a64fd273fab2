#include "app/cli/FrameCommand.h"

#include "app/cli/ProjectFile.h"
#include "app/cli/Runs.h"
#include "timeline/media/CodedFrame.h"
#include "timeline/media/StillWriter.h"
#include "timeline/render/OutputTransform.h"
#include "timeline/time/Timecode.h"
#include "ui/text/ErrorText.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(FrameCommand)
};

bool isExr(const QString& output) {
    return QFileInfo(output).suffix().toLower() == u"exr";
}

timeline::Result<void> write(const QString& output, const timeline::FrameImage& image) {
    if (isExr(output)) {
        return timeline::writeExr(output.toStdString(), {image.width, image.height, image.pixels},
                                  timeline::ExrDepth::Float);
    }
    return timeline::writeStill(output.toStdString(), timeline::codedFrame(image));
}

} // namespace

QString FrameCommand::summary() const {
    return Text::tr(
        "Writes one frame of a project: .png with 16 bits as the export would code it, or .exr in linear light.");
}

void FrameCommand::declare(QCommandLineParser& parser) const {
    parser.addPositionalArgument(argumentNames(), Text::tr("The project."));
    parser.addOption({QStringLiteral("at"), Text::tr("Which one: a timecode (00:00:01:12) or a frame number."),
                      QStringLiteral("TIME")});
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")},
                      Text::tr("The picture to write: .png or .exr."),
                      QStringLiteral("OUT")});
    parser.addOption({QStringLiteral("compositor"), Text::tr("What draws: auto, cpu or vulkan."),
                      QStringLiteral("NAME"), QStringLiteral("auto")});
}

ExitCode FrameCommand::run(const QCommandLineParser& parser, const Streams& streams) {
    const QString output = parser.value(QStringLiteral("output"));
    const auto compositor = timeline::findCompositor(parser.value(QStringLiteral("compositor")).toStdString());
    if (parser.positionalArguments().size() != 1 || output.isEmpty() || !parser.isSet(QStringLiteral("at"))) {
        return usageError(streams, Text::tr("One project, --at TIME and -o OUT are needed."));
    }
    if (!compositor) {
        return usageError(streams, Text::tr("There is no compositor \"%1\": auto, cpu or vulkan.")
                                       .arg(parser.value(QStringLiteral("compositor"))));
    }
    if (!isExr(output) && QFileInfo(output).suffix().toLower() != u"png") {
        return usageError(streams, Text::tr("A frame is written as .png or .exr."));
    }
    const auto project = ProjectFile::open(parser.positionalArguments().first(), *compositor);
    if (!project) {
        return report(streams, project.error(), ExitCode::BadInput);
    }
    if (const auto problem = project->problemWithOutput(output)) {
        return usageError(streams, *problem);
    }
    const auto time =
        timeline::parseTimecode(parser.value(QStringLiteral("at")).toStdString(), project->timeline->format.rate);
    if (!time || *time < timeline::RationalTime(0, time->rate())) {
        return usageError(
            streams, Text::tr("\"%1\" is no timecode and no frame number.").arg(parser.value(QStringLiteral("at"))));
    }
    if (const auto problem = project->problemWithEnd(*time + timeline::RationalTime(1, time->rate()))) {
        return usageError(streams, *problem);
    }
    auto renderer = timeline::SequenceRenderer::create(project->renderer);
    if (!renderer) {
        return report(streams, renderer.error(), ExitCode::Output);
    }
    const auto frame = (*renderer)->render(*project->timeline, *time);
    if (!frame) {
        return report(streams, frame.error(), ExitCode::Output);
    }
    for (const timeline::Error& problem : frame->problems) {
        streams.err << Text::tr("Warning: %1").arg(ui::errorText(problem)) << '\n';
    }
    if (const auto written = write(output, *frame->image); !written) {
        return report(streams, written.error(), ExitCode::Output);
    }
    if (wantsJson(parser)) {
        streams.out << QJsonDocument(QJsonObject{{QStringLiteral("file"), output},
                                                 {QStringLiteral("frame"), static_cast<qint64>(time->value())},
                                                 {QStringLiteral("compositor"),
                                                  QString::fromStdString((*renderer)->compositorName())}})
                           .toJson();
    } else {
        streams.out << output << '\n';
    }
    return frame->problems.empty() ? ExitCode::Ok : ExitCode::Incomplete;
}

} // namespace app::cli
