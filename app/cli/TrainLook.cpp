#include "app/cli/TrainLook.h"

#include "app/cli/FindModel.h"
#include "app/cli/Interrupt.h"
#include "app/cli/Progress.h"
#include "app/cli/Runs.h"
#include "app/generation/LookClips.h"
#include "app/generation/LookProcess.h"
#include "app/media/MediaCache.h"
#include "app/settings/Folders.h"
#include "ui/text/AmountText.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUuid>

#include <algorithm>
#include <map>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(TrainLook)
};

/// What is known once the clips are read.
/// Thread: a value.
struct Preparation {
    const LookOrder& order;
    ModelInfo model;
    std::vector<LookClip> clips;
    LookSettings settings;
};

/// A folder for the decoded clips that is gone when they are not needed any more.
/// Thread: main.
class WorkFolder {
public:
    WorkFolder() : m_cache(folders::cache()), m_name("look-" + QUuid::createUuid().toString(QUuid::WithoutBraces)) {
        m_isThere = QDir().mkpath(path());
    }
    ~WorkFolder() { m_cache.discardWork(m_name); }
    Q_DISABLE_COPY_MOVE(WorkFolder)

    QString path() const { return m_cache.workFolder(m_name); }
    bool isThere() const { return m_isThere; }

private:
    MediaCache m_cache;
    QString m_name;
    bool m_isThere = false;
};

QString outputOf(const LookOrder& order) {
    if (!order.output.isEmpty()) {
        return QFileInfo(order.output).absoluteFilePath();
    }
    static const QRegularExpression strange(QStringLiteral("[/\\\\:*?\"<>|\\x00-\\x1f]|^\\."));
    QString name = order.name;
    return folders::data() + QStringLiteral("/models/loras/") + name.replace(strange, QStringLiteral("-")) +
           QStringLiteral(".safetensors");
}

/// Whether `output` can be written when the time has come. Reports.
std::optional<ExitCode> checkOutput(const LookOrder& order, const QString& output, const Streams& streams) {
    if (QFileInfo(output).suffix().toLower() != u"safetensors") {
        streams.err << Text::tr("A look is written as a .safetensors file: %1 is none.").arg(output) << '\n';
        return ExitCode::Usage;
    }
    const QFileInfo folder(QFileInfo(output).absolutePath());
    if (order.output.isEmpty() && !order.isPlan) {
        QDir().mkpath(folder.filePath()); // ours
    }
    if (!order.isPlan && (!folder.isDir() || !folder.isWritable())) {
        streams.err << (QFileInfo::exists(folder.filePath()) ? Text::tr("Nothing can be written to %1.")
                                                             : Text::tr("The folder %1 does not exist."))
                           .arg(folder.absoluteFilePath())
                    << '\n';
        return ExitCode::Output;
    }
    return std::nullopt;
}

std::optional<ExitCode> checkOverwriting(const LookOrder& order, const LookPlan& plan, const Streams& streams) {
    for (const QString& file : plan.outputs) {
        if (QFileInfo::exists(file) && !order.overwrites) {
            streams.err << Text::tr("%1 is there already: choose another file with -o, or --overwrite it.").arg(file)
                        << '\n';
            return ExitCode::Output;
        }
    }
    return std::nullopt;
}

LookSettings settingsOf(const LookOrder& order, const ModelInfo& model, const QString& output) {
    return {.model = model.folder,
            .name = order.name,
            .caption = order.caption,
            .rank = order.rank,
            .minutes = order.minutes,
            .steps = order.steps,
            .seed = order.seed,
            .output = output,
            .triesAnyway = order.triesAnyway};
}

/// The clips' captions count where nothing is said of all of them.
std::variant<Preparation, ExitCode> prepare(const LookOrder& order, const QString& output, const Streams& streams) {
    const auto model = findModel(order.model, streams);
    if (!model) {
        return ExitCode::BadInput;
    }
    auto clips = readLookClips(order.clips, *model);
    if (!clips) {
        streams.err << failureFrom(clips.error(), JobFault::Input).text << '\n';
        return ExitCode::BadInput;
    }
    for (LookClip& clip : *clips) {
        clip.caption = order.caption.isEmpty() ? clip.caption : QString();
    }
    return Preparation{order, *model, std::move(clips).value(), settingsOf(order, *model, output)};
}

ExitCode exitCodeOf(const JobFailure& failure) {
    return failure.fault == JobFault::Input    ? ExitCode::BadInput
           : failure.fault == JobFault::Output ? ExitCode::Output
                                               : ExitCode::Generation;
}

/// Runs the worker until it ends, with progress. Ctrl-C asks it to save and end.
LookEnd runWorker(const Streams& streams, const std::function<void(LookProcess&)>& begin) {
    LookProcess process;
    QEventLoop loop;
    LookEnd end{
        .failure = {}, .isCancelled = true, .plan = {}, .written = {}, .copies = {}, .isUnchecked = false, .last = {}};
    Progress progress(streams.err, Progress::standardTarget());
    QObject::connect(&process, &LookProcess::progressed, &loop, [&](const LookProgress& at) {
        if (at.isPreparing) {
            progress.show(Text::tr("Encoding the clips"), {}, at.fraction, -1.0);
        } else {
            progress.show(Text::tr("Training"), Text::tr("step %1, loss %2").arg(at.step).arg(at.loss, 0, 'f', 4),
                          at.fraction, at.secondsLeft);
        }
    });
    QObject::connect(&process, &LookProcess::ended, &loop, [&](const LookEnd& how) {
        end = how;
        loop.quit();
    });
    if (streams.interrupt) {
        if (streams.interrupt->wasRequested()) {
            return end;
        }
        QObject::connect(streams.interrupt, &Interrupt::requested, &process, &LookProcess::interrupt);
    }
    begin(process);
    loop.exec();
    progress.finish();
    return end;
}

/// What a failed or cancelled training leaves behind, and how it goes on.
void reportKept(const LookEnd& end, const Streams& streams) {
    const QString folder = end.plan ? end.plan->folder : QString();
    if (!folder.isEmpty() && QDir(folder).entryList({QStringLiteral("*.checkpoint.safetensors")}).size() > 0) {
        streams.err << Text::tr("What was learnt is kept in %1: the same command goes on from there. To begin anew, "
                                "remove that folder.")
                           .arg(folder)
                    << '\n';
    }
}

std::optional<ExitCode> reportEnd(const LookEnd& end, const Streams& streams) {
    if (end.failure) {
        streams.err << end.failure->text << '\n';
        if (end.failure->code != u"other-job") {
            reportKept(end, streams);
        }
        return exitCodeOf(*end.failure);
    }
    const bool isWritten = end.plan && !end.plan->outputs.isEmpty() && end.written.size() == end.plan->outputs.size();
    if (end.isCancelled && !isWritten) {
        streams.err << Text::tr("Cancelled.") << '\n';
        reportKept(end, streams);
        return ExitCode::Cancelled;
    }
    if (!isWritten) {
        streams.err << Text::tr("The worker ended without a look. Is it of this version of Fantascope?") << '\n';
        return ExitCode::Generation;
    }
    return std::nullopt;
}

QString budgetText(const LookPlan& plan) {
    return plan.steps > 0
               ? Text::tr("Time: %1 steps; how long one takes is seen on the way").arg(plan.steps)
               : Text::tr("Time: %1, and what preparing the clips takes").arg(ui::durationText(plan.seconds));
}

void printPlan(const Preparation& job, const LookPlan& plan, QTextStream& out) {
    const auto stills = std::ranges::count_if(job.clips, &LookClip::isStill);
    out << Text::tr("Model: %1").arg(job.model.name) << '\n'
        << Text::tr("Clips: %1, %2 of them stills; %3 stretches of up to %4 frames at %5x%6")
               .arg(QString::number(job.clips.size()), QString::number(stills),
                    QString::number(stretchCount(job.clips)), QString::number(job.model.frames),
                    QString::number(job.model.width), QString::number(job.model.height))
        << '\n'
        << Text::tr("Memory: %1 of %2 that are free")
               .arg(ui::bytesText(plan.memoryBytes), ui::bytesText(plan.memoryFree))
        << '\n'
        << budgetText(plan) << '\n'
        << (plan.fits ? Text::tr("It fits.") : Text::tr("It does not fit. --try-anyway tries it all the same.")) << '\n'
        << Text::tr("Writes: %1").arg(plan.outputs.join(Text::tr(" and "))) << '\n';
    if (plan.resumes) {
        out << Text::tr("Goes on from what an interrupted training left in %1.").arg(plan.folder) << '\n';
    }
}

QJsonObject planJson(const Preparation& job, const LookPlan& plan) {
    return {{QStringLiteral("model"), job.model.name},
            {QStringLiteral("clips"), static_cast<double>(job.clips.size())},
            {QStringLiteral("stretches"), static_cast<double>(stretchCount(job.clips))},
            {QStringLiteral("fits"), plan.fits},
            {QStringLiteral("memoryBytes"), static_cast<double>(plan.memoryBytes)},
            {QStringLiteral("memoryFree"), static_cast<double>(plan.memoryFree)},
            {QStringLiteral("seconds"), plan.steps > 0 ? QJsonValue() : QJsonValue(plan.seconds)},
            {QStringLiteral("steps"), plan.steps > 0 ? QJsonValue(static_cast<double>(plan.steps)) : QJsonValue()},
            {QStringLiteral("files"), QJsonArray::fromStringList(plan.outputs)},
            {QStringLiteral("checkpoint"), plan.folder},
            {QStringLiteral("resumes"), plan.resumes}};
}

/// What is to be said in a prompt for the look to come.
QString triggerOf(const LookOrder& order) {
    // The worker's words (LookJob.h), which no language changes.
    const QStringList usual{QStringLiteral("in"), QStringLiteral("the"), QStringLiteral("style"), QStringLiteral("of")};
    return order.caption.isEmpty() ? usual.join(u' ') + u' ' + order.name : order.caption;
}

/// Clips that outputs repeat, with the distance of the nearest.
std::map<QString, int> copiesOf(const std::vector<LookStretch>& stretches, const Preparation& job, const LookEnd& end) {
    std::map<QString, int> copies;
    for (const LookCopy& copy : end.copies) {
        if (copy.stretch < stretches.size()) {
            const QString& file = job.clips[stretches[copy.stretch].clip].file;
            const auto found = copies.try_emplace(file, copy.distance).first;
            found->second = std::min(found->second, copy.distance);
        }
    }
    return copies;
}

void printJson(const Preparation& job, const LookEnd& end, const std::map<QString, int>& copies, QTextStream& out) {
    QJsonArray nearCopies;
    for (const auto& [file, distance] : copies) {
        nearCopies.append(QJsonObject{{QStringLiteral("file"), file}, {QStringLiteral("distance"), distance}});
    }
    out << QJsonDocument(QJsonObject{{QStringLiteral("files"), QJsonArray::fromStringList(end.written)},
                                     {QStringLiteral("name"), job.order.name},
                                     {QStringLiteral("prompt"), triggerOf(job.order)},
                                     {QStringLiteral("model"), job.model.name},
                                     {QStringLiteral("steps"), static_cast<double>(end.last.step)},
                                     {QStringLiteral("loss"), end.last.loss},
                                     {QStringLiteral("copiesChecked"), !end.isUnchecked && !end.isCancelled},
                                     {QStringLiteral("nearCopies"), nearCopies}})
               .toJson();
}

ExitCode printResult(const Preparation& job, const std::vector<LookStretch>& stretches, const LookEnd& end, bool json,
                     const Streams& streams) {
    const auto copies = copiesOf(stretches, job, end);
    for (const auto& [file, distance] : copies) {
        streams.err << Text::tr(
                           "Warning: what the look makes repeats %1 nearly frame for frame (%2 of 256 bits of their "
                           "hashes differ). It was trained for too long, or from too few clips: take more clips, or "
                           "fewer --minutes.")
                           .arg(file)
                           .arg(distance)
                    << '\n';
    }
    if (end.isUnchecked || end.isCancelled) {
        streams.err << Text::tr("Whether the look repeats its clips was not checked.") << '\n';
    }
    if (json) {
        printJson(job, end, copies, streams.out);
        return ExitCode::Ok;
    }
    for (const QString& file : end.written) {
        streams.out << file << '\n';
    }
    streams.err << Text::tr("Say \"%1\" in the prompt, with --lora %2.")
                       .arg(triggerOf(job.order), end.written.join(QStringLiteral(" --lora ")))
                << '\n';
    return ExitCode::Ok;
}

std::variant<LookPlan, ExitCode> askForPlan(const Preparation& job, const Streams& streams) {
    const LookEnd end = runWorker(streams, [&](LookProcess& process) { process.plan(job.settings); });
    if (!end.failure && !end.isCancelled && !end.plan) {
        streams.err << Text::tr("The worker made no plan. Is it of this version of Fantascope?") << '\n';
        return ExitCode::Generation;
    }
    if (end.failure || end.isCancelled) {
        streams.err << (end.failure ? end.failure->text : Text::tr("Cancelled.")) << '\n';
        return end.failure ? exitCodeOf(*end.failure) : ExitCode::Cancelled;
    }
    return *end.plan;
}

ExitCode decodeAndTrain(const Preparation& job, bool json, const Streams& streams) {
    const WorkFolder folder;
    if (!folder.isThere()) {
        streams.err << Text::tr("Nothing can be written to %1.").arg(folder.path()) << '\n';
        return ExitCode::Output;
    }
    std::vector<LookStretch> stretches;
    const std::int64_t count = stretchCount(job.clips);
    const auto failed =
        runInBackground(Text::tr("Reading the clips"), streams, ExitCode::BadInput,
                        [&](const std::stop_token& stop, const ShowProgress& show) -> timeline::Result<void> {
                            auto decoded = decodeLookClips(job.clips, job.model, folder.path(), stop,
                                                           [&](std::int64_t done) { show(done, count, -1.0); });
                            if (!decoded) {
                                return decoded.error();
                            }
                            stretches = std::move(decoded).value();
                            return {};
                        });
    if (failed) {
        return *failed;
    }
    const LookEnd end = runWorker(streams, [&](LookProcess& process) { process.train(job.settings, stretches); });
    if (const auto code = reportEnd(end, streams)) {
        return *code;
    }
    return printResult(job, stretches, end, json, streams);
}

} // namespace

ExitCode trainLook(const LookOrder& order, bool json, const Streams& streams) {
    const QString output = outputOf(order);
    if (const auto failed = checkOutput(order, output, streams)) {
        return *failed;
    }
    const Interrupt::Scope signals(streams.interrupt); // the folder is to go also when Ctrl-C comes between two steps
    const auto prepared = prepare(order, output, streams);
    if (const auto* code = std::get_if<ExitCode>(&prepared)) {
        return *code;
    }
    const auto& job = std::get<Preparation>(prepared);
    const auto planned = askForPlan(job, streams);
    if (const auto* code = std::get_if<ExitCode>(&planned)) {
        return *code;
    }
    const auto& plan = std::get<LookPlan>(planned);
    if (order.isPlan && json) {
        streams.out << QJsonDocument(planJson(job, plan)).toJson();
        return ExitCode::Ok;
    }
    printPlan(job, plan, order.isPlan ? streams.out : streams.err);
    streams.err.flush();
    if (order.isPlan) {
        return ExitCode::Ok;
    }
    if (const auto failed = checkOverwriting(order, plan, streams)) {
        return *failed;
    }
    return decodeAndTrain(job, json, streams);
}

} // namespace app::cli
