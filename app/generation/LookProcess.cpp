#include "app/generation/LookProcess.h"

#include "app/generation/LookClips.h"
#include "app/generation/LookFailure.h"
#include "app/settings/Folders.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

namespace app {

namespace {

constexpr int kInterrupted = 130; ///< the worker's exit status
constexpr qsizetype kMostBytes = 1 << 20;
constexpr qsizetype kMostLastWords = 1000;
constexpr int kPatience = 500; ///< milliseconds

QJsonObject jobOf(const LookSettings& settings) {
    QJsonObject job{
        {QStringLiteral("model"), settings.model},     {QStringLiteral("name"), settings.name},
        {QStringLiteral("caption"), settings.caption}, {QStringLiteral("rank"), settings.rank},
        {QStringLiteral("minutes"), settings.minutes}, {QStringLiteral("seed"), static_cast<double>(settings.seed)},
        {QStringLiteral("output"), settings.output},   {QStringLiteral("try_anyway"), settings.triesAnyway}};
    if (settings.steps > 0) {
        job[QStringLiteral("steps")] = static_cast<double>(settings.steps);
    }
    return job;
}

std::int64_t integerOf(const QJsonObject& object, const char* name) {
    return static_cast<std::int64_t>(object.value(QLatin1String(name)).toDouble());
}

LookPlan planOf(const QJsonObject& object) {
    LookPlan plan{.memoryBytes = integerOf(object, "bytes"),
                  .memoryFree = integerOf(object, "available_bytes"),
                  .fits = object.value(QStringLiteral("fits")).toBool(true),
                  .seconds = object.value(QStringLiteral("seconds")).toDouble(),
                  .steps = integerOf(object, "steps"),
                  .outputs = {},
                  .folder = object.value(QStringLiteral("folder")).toString(),
                  .resumes = object.value(QStringLiteral("resumes")).toBool()};
    for (const QJsonValue& output : object.value(QStringLiteral("outputs")).toArray()) {
        plan.outputs << output.toString();
    }
    return plan;
}

QJsonObject objectOf(const QString& text) {
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

} // namespace

LookProcess::LookProcess(QObject* parent) : QObject(parent) {
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &LookProcess::readOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this,
            [this] { m_errors = (m_errors + m_process.readAllStandardError()).right(kMostLastWords); });
    connect(&m_process, &QProcess::finished, this, &LookProcess::processEnded);
    const auto failed = [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            processEnded();
        }
    };
    connect(&m_process, &QProcess::errorOccurred, this, failed, Qt::QueuedConnection);
    m_process.setChildProcessModifier(detachFromTerminal);
}

LookProcess::~LookProcess() {
    m_process.disconnect(this);
    if (m_process.state() != QProcess::NotRunning) {
        m_process.terminate();
        if (!m_process.waitForFinished(kPatience)) {
            m_process.kill();
            m_process.waitForFinished(kPatience);
        }
    }
}

void LookProcess::plan(const LookSettings& settings) {
    QJsonObject job = jobOf(settings);
    job[QStringLiteral("plan_only")] = true;
    // A plan opens no clips, but a job has some.
    job[QStringLiteral("clips")] = QJsonArray{QJsonObject{{QStringLiteral("frames"), QStringLiteral("-")}}};
    start(QJsonDocument(job).toJson());
}

void LookProcess::train(const LookSettings& settings, const std::vector<LookStretch>& stretches) {
    QJsonArray clips;
    for (const LookStretch& stretch : stretches) {
        clips.append(
            QJsonObject{{QStringLiteral("frames"), stretch.frames}, {QStringLiteral("caption"), stretch.caption}});
    }
    QJsonObject job = jobOf(settings);
    job[QStringLiteral("clips")] = clips;
    start(QJsonDocument(job).toJson());
}

void LookProcess::start(const QByteArray& job) {
    m_end = {};
    m_isInterrupted = false;
    m_process.start(folders::workerProgram(), {QStringLiteral("train-look"), QStringLiteral("-")});
    m_process.write(job);
    m_process.closeWriteChannel();
}

void LookProcess::interrupt() {
    m_isInterrupted = true;
    m_process.terminate();
}

void LookProcess::readOutput() {
    m_output += m_process.readAllStandardOutput();
    for (qsizetype end = m_output.indexOf('\n'); end >= 0; end = m_output.indexOf('\n')) {
        takeLine(m_output.left(end));
        m_output.remove(0, end + 1);
    }
    if (m_output.size() > kMostBytes) {
        m_output.clear(); // no line of ours
    }
}

void LookProcess::takeLine(const QByteArray& line) {
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const QString event = object.value(QStringLiteral("event")).toString();
    if (event == u"notice") {
        takeNotice(object.value(QStringLiteral("code")).toString(), object.value(QStringLiteral("detail")).toString());
    } else if (event == u"training") {
        takeProgress(object.value(QStringLiteral("part")).toString(),
                     {.step = integerOf(object, "step"),
                      .loss = object.value(QStringLiteral("loss")).toDouble(),
                      .fraction = object.value(QStringLiteral("fraction")).toDouble(),
                      .secondsLeft = object.value(QStringLiteral("seconds_left")).toDouble(-1.0)});
    }
}

void LookProcess::takeNotice(const QString& code, const QString& detail) {
    if (code == u"look-plan") {
        m_end.plan = planOf(objectOf(detail));
    } else if (code == u"look") {
        m_end.written << detail;
    } else if (code == u"near-copy") {
        const QJsonObject copy = objectOf(detail);
        m_end.copies.push_back({static_cast<std::size_t>(std::max<std::int64_t>(0, integerOf(copy, "clip"))),
                                copy.value(QStringLiteral("distance")).toInt()});
    } else if (code == u"copies-unchecked") {
        m_end.isUnchecked = true;
    } else if (code == u"failed") {
        const QJsonObject failure = objectOf(detail);
        m_end.failure = lookFailure(failure.value(QStringLiteral("code")).toString(),
                                    failure.value(QStringLiteral("detail")).toString());
    }
}

void LookProcess::takeProgress(const QString& part, LookProgress progress) {
    progress.isPreparing = part == u"clips";
    if (part == u"look-high") { // the second one's half is still to come
        const double whole = progress.secondsLeft / std::max(1e-3, 1.0 - progress.fraction);
        progress.secondsLeft += whole;
        progress.fraction *= 0.5;
    } else if (part == u"look-low") {
        progress.fraction = 0.5 + 0.5 * progress.fraction;
    }
    if (!progress.isPreparing) {
        m_end.last = progress;
    }
    Q_EMIT progressed(progress);
}

void LookProcess::processEnded() {
    const bool hasStarted = m_process.error() != QProcess::FailedToStart;
    if (hasStarted) {
        readOutput(); // what came with the end
    }
    const bool isFine = hasStarted && m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
    const bool isCancelled = m_isInterrupted && hasStarted;
    if (!isFine && isCancelled) {
        m_end.isCancelled = true;
    } else if (!isFine && !m_end.failure) {
        m_end.failure = lookFailure({.failedToStart = !hasStarted,
                                     .crashed = m_process.exitStatus() == QProcess::CrashExit,
                                     .exitCode = m_process.exitCode(),
                                     .lastWords = hasStarted ? QString::fromUtf8(m_errors).trimmed().section(u'\n', -1)
                                                             : m_process.errorString()});
    }
    Q_EMIT ended(m_end);
}

} // namespace app
