#include "app/cli/RenderCommand.h"

#include "app/cli/ProjectFile.h"
#include "app/cli/Runs.h"
#include "timeline/export/ExportPreset.h"
#include "timeline/time/Timecode.h"
#include "ui/text/ErrorText.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(RenderCommand)
};

QStringList presetNames() {
    QStringList names;
    for (const timeline::ExportPreset& preset : timeline::exportPresets()) {
        names << QString::fromStdString(preset.name);
    }
    return names;
}

/// "A-B", both timecodes or frames; B is the first frame after the range.
std::optional<timeline::TimeRange> parseRange(const QString& text, timeline::FrameRate rate) {
    const QStringList ends = text.split(u'-');
    if (ends.size() != 2) {
        return std::nullopt;
    }
    const auto start = timeline::parseTimecode(ends[0].toStdString(), rate);
    const auto end = timeline::parseTimecode(ends[1].toStdString(), rate);
    if (!start || !end || *end <= *start) {
        return std::nullopt;
    }
    return timeline::TimeRange::fromStartEnd(*start, *end);
}

const timeline::ExportPreset* presetFor(const QCommandLineParser& parser) {
    if (parser.isSet(QStringLiteral("preset"))) {
        return timeline::findPreset(parser.value(QStringLiteral("preset")).toStdString());
    }
    const bool isMatroska = QFileInfo(parser.value(QStringLiteral("output"))).suffix().toLower() == u"mkv";
    return timeline::findPreset(isMatroska ? "lossless" : "h264");
}

void printReport(const QString& output, const timeline::ExportReport& done, bool json, const Streams& streams) {
    if (!json) {
        streams.out << output << '\n';
        return;
    }
    QJsonArray problems;
    for (const timeline::Error& problem : done.problems) {
        problems.append(
            QJsonObject{{QStringLiteral("error"), QString::fromLatin1(timeline::errorCodeName(problem.code))},
                        {QStringLiteral("message"), ui::errorText(problem)}});
    }
    const QJsonObject document{{QStringLiteral("file"), output},
                               {QStringLiteral("frames"), static_cast<qint64>(done.frameCount)},
                               {QStringLiteral("samples"), static_cast<qint64>(done.sampleCount)},
                               {QStringLiteral("compositor"), QString::fromStdString(done.compositor)},
                               {QStringLiteral("problems"), problems}};
    streams.out << QJsonDocument(document).toJson();
}

} // namespace

QString RenderCommand::summary() const {
    return Text::tr("Exports a project as a film.");
}

void RenderCommand::declare(QCommandLineParser& parser) const {
    parser.addPositionalArgument(argumentNames(), Text::tr("The project."));
    parser.addOption(
        {{QStringLiteral("o"), QStringLiteral("output")}, Text::tr("The film to write."), QStringLiteral("OUT")});
    parser.addOption({QStringLiteral("range"), Text::tr("Only from A up to B (not included): timecodes or frames."),
                      QStringLiteral("A-B")});
    parser.addOption({QStringLiteral("compositor"), Text::tr("What draws: auto, cpu or vulkan."),
                      QStringLiteral("NAME"), QStringLiteral("auto")});
    parser.addOption({QStringLiteral("preset"),
                      Text::tr("How to write it: %1. By default h264, and lossless for .mkv.")
                          .arg(presetNames().join(QStringLiteral(", "))),
                      QStringLiteral("NAME")});
}

ExitCode RenderCommand::run(const QCommandLineParser& parser, const Streams& streams) {
    const QString output = parser.value(QStringLiteral("output"));
    const auto compositor = timeline::findCompositor(parser.value(QStringLiteral("compositor")).toStdString());
    const timeline::ExportPreset* preset = presetFor(parser);
    if (parser.positionalArguments().size() != 1 || output.isEmpty()) {
        return usageError(streams, Text::tr("One project and -o OUT are needed."));
    }
    if (!compositor) {
        return usageError(streams, Text::tr("There is no compositor \"%1\": auto, cpu or vulkan.")
                                       .arg(parser.value(QStringLiteral("compositor"))));
    }
    if (!preset) {
        return usageError(streams,
                          Text::tr("There is no preset \"%1\": %2.")
                              .arg(parser.value(QStringLiteral("preset")), presetNames().join(QStringLiteral(", "))));
    }
    if (QFileInfo(output).suffix().toLower().toStdString() != preset->extension) {
        return usageError(streams,
                          Text::tr("The preset %1 writes .%2 files.")
                              .arg(QString::fromStdString(preset->name), QString::fromStdString(preset->extension)));
    }
    auto project = ProjectFile::open(parser.positionalArguments().first(), *compositor);
    if (!project) {
        return report(streams, project.error(), ExitCode::BadInput);
    }
    if (const auto problem = project->problemWithOutput(output)) {
        return usageError(streams, *problem);
    }
    timeline::ExportRequest request{
        .timeline = project->timeline, .range = {}, .preset = *preset, .output = output.toStdString()};
    if (parser.isSet(QStringLiteral("range"))) {
        request.range = parseRange(parser.value(QStringLiteral("range")), project->timeline->format.rate);
        if (!request.range) {
            return usageError(
                streams,
                Text::tr("\"%1\" is no range of timecodes or frames.").arg(parser.value(QStringLiteral("range"))));
        }
    }
    if (const auto problem = request.range ? project->problemWithEnd(request.range->end()) : std::nullopt) {
        return usageError(streams, *problem);
    }
    const auto done = runExport(std::move(request), project->renderer, streams);
    if (const auto* code = std::get_if<ExitCode>(&done)) {
        return *code;
    }
    const auto& report = std::get<timeline::ExportReport>(done);
    printReport(output, report, wantsJson(parser), streams);
    return report.problems.empty() ? ExitCode::Ok : ExitCode::Incomplete;
}

} // namespace app::cli
