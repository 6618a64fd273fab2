#include "app/cli/ProbeCommand.h"

#include "timeline/media/Probe.h"
#include "ui/text/ErrorText.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ProbeCommand)
};

QString kindWord(timeline::MediaKind kind) {
    switch (kind) {
    case timeline::MediaKind::Video:
        return QStringLiteral("video");
    case timeline::MediaKind::Audio:
        return QStringLiteral("audio");
    case timeline::MediaKind::Still:
        return QStringLiteral("still");
    case timeline::MediaKind::Sequence:
        return QStringLiteral("sequence");
    }
    return {};
}

QString rateWord(timeline::FrameRate rate) {
    return QStringLiteral("%1/%2").arg(rate.numerator()).arg(rate.denominator());
}

QJsonObject videoJson(const timeline::VideoStreamInfo& video) {
    return {{QStringLiteral("index"), video.index},
            {QStringLiteral("codec"), QString::fromStdString(video.codec)},
            {QStringLiteral("width"), video.width},
            {QStringLiteral("height"), video.height},
            {QStringLiteral("displayWidth"), video.displayWidth},
            {QStringLiteral("displayHeight"), video.displayHeight},
            {QStringLiteral("rate"), rateWord(video.rate)},
            {QStringLiteral("variableRate"), video.isVariable},
            {QStringLiteral("frames"), static_cast<qint64>(video.frameCount)},
            {QStringLiteral("seconds"), video.duration.toSeconds()},
            {QStringLiteral("pixelFormat"), QString::fromStdString(video.pixelFormat)},
            {QStringLiteral("bitDepth"), video.bitDepth},
            {QStringLiteral("alpha"), video.alpha != timeline::AlphaMode::None},
            {QStringLiteral("colorGuessed"), video.color.isGuessed},
            {QStringLiteral("quarterTurns"), video.orientation.quarterTurns},
            {QStringLiteral("mirrored"), video.orientation.mirrored}};
}

QJsonObject audioJson(const timeline::AudioStreamInfo& audio) {
    return {{QStringLiteral("index"), audio.index},
            {QStringLiteral("codec"), QString::fromStdString(audio.codec)},
            {QStringLiteral("sampleRate"), audio.sampleRate},
            {QStringLiteral("channels"), audio.channels},
            {QStringLiteral("layout"), QString::fromStdString(audio.layout)},
            {QStringLiteral("seconds"), audio.duration.toSeconds()}};
}

QJsonObject infoJson(const QString& file, const timeline::MediaInfo& info) {
    QJsonArray video;
    for (const auto& stream : info.video) {
        video.append(videoJson(stream));
    }
    QJsonArray audio;
    for (const auto& stream : info.audio) {
        audio.append(audioJson(stream));
    }
    return {{QStringLiteral("file"), file},
            {QStringLiteral("kind"), kindWord(info.kind)},
            {QStringLiteral("container"), QString::fromStdString(info.container)},
            {QStringLiteral("seconds"), info.duration.toSeconds()},
            {QStringLiteral("damaged"), info.isDamaged},
            {QStringLiteral("extensionLies"), info.extensionLies},
            {QStringLiteral("video"), video},
            {QStringLiteral("audio"), audio}};
}

void print(const QString& file, const timeline::MediaInfo& info, QTextStream& out) {
    out << Text::tr("%1: %2, %3, %4 s")
               .arg(file, kindWord(info.kind), QString::fromStdString(info.container),
                    QString::number(info.duration.toSeconds(), 'f', 3))
        << '\n';
    for (const auto& video : info.video) {
        out << Text::tr("  picture: %1, %2x%3, %4 frames a second, %5 frames, %6")
                   .arg(QString::fromStdString(video.codec), QString::number(video.displayWidth),
                        QString::number(video.displayHeight), rateWord(video.rate), QString::number(video.frameCount),
                        QString::fromStdString(video.pixelFormat));
        out << (video.isVariable ? Text::tr(", variable rate") : QString())
            << (video.color.isGuessed ? Text::tr(", colour guessed") : QString());
        out << (video.orientation.quarterTurns != 0
                    ? Text::tr(", turned by %1 degrees").arg(90 * video.orientation.quarterTurns)
                    : QString())
            << '\n';
    }
    for (const auto& audio : info.audio) {
        out << Text::tr("  sound: %1, %2 Hz, %3")
                   .arg(QString::fromStdString(audio.codec), QString::number(audio.sampleRate),
                        QString::fromStdString(audio.layout))
            << '\n';
    }
    if (info.isDamaged) {
        out << Text::tr("  damaged: shorter than it says, or with errors in it") << '\n';
    }
    if (info.extensionLies) {
        out << Text::tr("  the file's name says another format than its content") << '\n';
    }
}

} // namespace

QString ProbeCommand::summary() const {
    return Text::tr("Says what is in media files.");
}

void ProbeCommand::declare(QCommandLineParser& parser) const {
    parser.addPositionalArgument(QStringLiteral("FILE"),
                                 Text::tr("Film, still, sound, or image sequence (frame.%04d.exr)."), argumentNames());
}

ExitCode ProbeCommand::run(const QCommandLineParser& parser, const Streams& streams) {
    const QStringList files = parser.positionalArguments();
    if (files.isEmpty()) {
        return usageError(streams, Text::tr("Which file?"));
    }
    ExitCode code = ExitCode::Ok;
    QJsonArray documents;
    for (const QString& file : files) {
        const auto info = timeline::probe(file.toStdString());
        if (!info) {
            code = report(streams, info.error(), ExitCode::BadInput);
            documents.append(
                QJsonObject{{QStringLiteral("file"), file},
                            {QStringLiteral("error"), QString::fromLatin1(timeline::errorCodeName(info.error().code))},
                            {QStringLiteral("message"), ui::errorText(info.error())}});
        } else if (wantsJson(parser)) {
            documents.append(infoJson(file, *info));
        } else {
            print(file, *info, streams.out);
        }
    }
    if (wantsJson(parser)) {
        streams.out << QJsonDocument(documents).toJson();
    }
    return code;
}

} // namespace app::cli
