#include "app/cli/TaskDocument.h"

#include "app/cli/OptionReader.h"
#include "app/cli/Runs.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(TaskDocument)
};

struct Findings {
    QString problem;     ///< the first
    QStringList ignored; ///< fields that are not known
};

/// Reads fields and remembers the first that is wrong.
/// Thread: one.
class Fields {
public:
    Fields(QJsonObject object, QString path, Findings& findings)
        : m_object(std::move(object)), m_path(std::move(path)), m_findings(findings) {}

    QString text(const QString& key, bool isNeeded = false) {
        const QJsonValue value = valueOf(key);
        check(key, value.isString() || (value.isUndefined() && !isNeeded),
              value.isUndefined() ? Text::tr("is missing") : Text::tr("has to be a text"));
        return value.toString();
    }
    std::optional<double> number(const QString& key, double lowest, double highest) {
        const QJsonValue value = valueOf(key);
        if (value.isUndefined()) {
            return std::nullopt;
        }
        const double number = value.toDouble();
        check(key, value.isDouble() && number >= lowest && number <= highest,
              Text::tr("has to be a number from %1 to %2").arg(lowest).arg(highest));
        return number;
    }
    Fields object(const QString& key, bool isNeeded) {
        const QJsonValue value = valueOf(key);
        check(key, value.isObject() || (value.isUndefined() && !isNeeded),
              value.isUndefined() ? Text::tr("is missing") : Text::tr("has to be an object"));
        return {value.toObject(), m_path + key + u'.', m_findings};
    }
    /// Notes what nobody asked for: misspelt, or of another program.
    void noteTheRest() {
        for (const QString& key : m_object.keys()) {
            if (!m_known.contains(key)) {
                m_findings.ignored << m_path + key;
            }
        }
    }
    void check(const QString& key, bool isFine, const QString& what) {
        if (!isFine && m_findings.problem.isEmpty()) {
            m_findings.problem = Text::tr("The task's field \"%1\" %2.").arg(m_path + key, what);
        }
    }

private:
    /// Null says the same as leaving the field out.
    QJsonValue valueOf(const QString& key) {
        m_known << key;
        const QJsonValue value = m_object.value(key);
        return value.isNull() ? QJsonValue(QJsonValue::Undefined) : value;
    }

    QJsonObject m_object;
    QStringList m_known;
    QString m_path;
    Findings& m_findings;
};

QString localFile(Fields& fields, const QString& key, const QString& folder, bool isNeeded) {
    const QString url = fields.text(key, isNeeded);
    static const QRegularExpression scheme(QStringLiteral("^([A-Za-z][A-Za-z0-9+.-]+):"));
    const auto match = scheme.match(url);
    if (url.isEmpty()) {
        fields.check(key, !isNeeded, Text::tr("is empty"));
        return {};
    }
    if (!match.hasMatch()) {
        return QDir(folder).absoluteFilePath(url);
    }
    const QString file = QUrl(url).toLocalFile();
    fields.check(
        key, match.captured(1).toLower() == u"file" && !file.isEmpty(),
        Text::tr("names \"%1\": only files of this machine can be used, nothing is fetched from a network").arg(url));
    return file;
}

void readOutput(Fields output, Sketch& sketch) {
    sketch.seconds = output.number(QStringLiteral("duration_seconds"), 0.01, 3600.0);
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
    Findings findings;
    Sketch sketch;
    Fields task(parsed.object(), {}, findings);
    const QString type = task.text(QStringLiteral("task_type"), true);
    const bool isImage = type == u"image-to-video";
    const bool isVideo = type == u"video-to-video";
    task.check(QStringLiteral("task_type"), isImage || isVideo || type == u"text-to-video",
               Text::tr("is \"%1\", and has to be text-to-video, image-to-video or video-to-video").arg(type));
    Fields input = task.object(QStringLiteral("input"), true);
    sketch.prompt = input.text(QStringLiteral("prompt"), true);
    const QString image = localFile(input, QStringLiteral("image_url"), folder, isImage);
    const QString video = localFile(input, QStringLiteral("video_url"), folder, isVideo);
    input.check(QStringLiteral("image_url"), image.isEmpty() || isImage,
                Text::tr("does not belong to a %1 task").arg(type));
    input.check(QStringLiteral("video_url"), video.isEmpty() || isVideo,
                Text::tr("does not belong to a %1 task").arg(type));
    sketch.image = image;
    sketch.base = video;
    if (const QString style = localFile(input, QStringLiteral("style_image_url"), folder, false); !style.isEmpty()) {
        sketch.styles << style;
    }
    input.noteTheRest();
    sketch.model = task.text(QStringLiteral("model_id"));
    readOutput(task.object(QStringLiteral("output_settings"), false), sketch);
    task.noteTheRest();
    if (!findings.problem.isEmpty()) {
        return TaskProblem{findings.problem};
    }
    return TaskDocument{sketch, findings.ignored};
}

} // namespace app::cli
