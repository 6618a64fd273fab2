#include "app/cli/PlanShot.h"

#include "app/cli/Interrupt.h"
#include "app/generation/JobFailure.h"
#include "app/generation/WorkerProcess.h"
#include "ui/text/AmountText.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>

#include <optional>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(PlanShot)
};

constexpr const char* kJob = "plan";

/// What the worker answered: a plan, or why there is none. Nothing: interrupted.
/// Thread: main.
class Question {
public:
    explicit Question(const Streams& streams) : m_streams(streams), m_worker(standardWorker()) {
        QObject::connect(&m_worker, &WorkerProcess::eventReceived, &m_loop,
                         [this](const generation::Event& event) { take(event); });
        QObject::connect(&m_worker, &WorkerProcess::ended, &m_loop,
                         [this](const WorkerEnd& end) { finish(failureFrom(end)); });
        if (streams.interrupt) {
            QObject::connect(streams.interrupt, &Interrupt::requested, &m_loop, &QEventLoop::quit);
        }
    }

    std::optional<std::variant<generation::PlannedEvent, JobFailure>> ask(generation::GenerateRequest request) {
        request.id = kJob;
        request.outputPath = kJob; // nothing is written
        m_worker.send(generation::PlanRequest{std::move(request)});
        if (!m_answer && !(m_streams.interrupt && m_streams.interrupt->wasRequested())) {
            m_loop.exec();
        }
        return m_answer;
    }

private:
    void take(const generation::Event& event) {
        if (const auto* plan = std::get_if<generation::PlannedEvent>(&event)) {
            finish(*plan);
        } else if (const auto* failure = std::get_if<generation::FailedEvent>(&event)) {
            finish(failureFrom(*failure));
        }
    }
    void finish(std::variant<generation::PlannedEvent, JobFailure> answer) {
        if (!m_answer) {
            m_answer = std::move(answer);
        }
        m_loop.quit();
    }

    const Streams& m_streams;
    WorkerProcess m_worker;
    QEventLoop m_loop;
    std::optional<std::variant<generation::PlannedEvent, JobFailure>> m_answer;
};

QJsonObject planJson(const generation::PlannedEvent& plan) {
    const auto bytes = [](std::int64_t value) { return static_cast<double>(value); };
    return {{QStringLiteral("fits"), plan.fits},
            {QStringLiteral("memoryBytes"), bytes(plan.memoryBytes)},
            {QStringLiteral("memoryFree"), bytes(plan.memoryFree)},
            {QStringLiteral("cardBytes"), bytes(plan.cardBytes)},
            {QStringLiteral("cardFree"), bytes(plan.cardFree)},
            {QStringLiteral("needsBytes"), bytes(plan.needsBytes)},
            {QStringLiteral("residency"), QString::fromStdString(plan.residency)},
            {QStringLiteral("seconds"), plan.seconds < 0.0 ? QJsonValue() : QJsonValue(plan.seconds)},
            {QStringLiteral("width"), plan.width},
            {QStringLiteral("height"), plan.height},
            {QStringLiteral("frames"), bytes(plan.frames)},
            {QStringLiteral("legalWidth"), plan.legalWidth},
            {QStringLiteral("legalHeight"), plan.legalHeight},
            {QStringLiteral("legalFrames"), bytes(plan.legalFrames)},
            {QStringLiteral("windows"), plan.windows}};
}

} // namespace

std::variant<generation::PlannedEvent, ExitCode> planShot(const GenerationTask& task, const Streams& streams) {
    const Interrupt::Scope signals(streams.interrupt);
    const auto prepared = task.prepare({});
    if (!prepared) {
        streams.err << failureFrom(prepared.error(), JobFault::Input).text << '\n';
        return ExitCode::BadInput;
    }
    const auto answer = Question(streams).ask(prepared->request);
    if (!answer) {
        streams.err << Text::tr("Cancelled.") << '\n';
        return ExitCode::Cancelled;
    }
    if (const auto* failure = std::get_if<JobFailure>(&*answer)) {
        streams.err << failure->text << '\n';
        return failure->fault == JobFault::Input ? ExitCode::BadInput : ExitCode::Generation;
    }
    return std::get<generation::PlannedEvent>(*answer);
}

void printPlan(const generation::PlannedEvent& plan, bool json, QTextStream& out) {
    if (json) {
        out << QJsonDocument(planJson(plan)).toJson();
        return;
    }
    out << Text::tr("Result: %1x%2, %3 frames").arg(plan.width).arg(plan.height).arg(plan.frames) << '\n';
    if (plan.windows > 1) {
        out << Text::tr("Made in %1 pieces that overlap").arg(plan.windows) << '\n';
    }
    out << Text::tr("Memory: %1 of %2 that are free")
               .arg(ui::bytesText(plan.memoryBytes), ui::bytesText(plan.memoryFree))
        << '\n';
    if (plan.cardBytes > 0) {
        out << Text::tr("Memory of the card: %1 of %2 that are free")
                   .arg(ui::bytesText(plan.cardBytes), ui::bytesText(plan.cardFree))
            << '\n';
    }
    out << (plan.seconds < 0.0 ? Text::tr("Time: not known on this machine yet")
                               : Text::tr("Time: %1").arg(ui::durationText(plan.seconds)))
        << '\n';
    out << (plan.fits ? Text::tr("It fits.")
                      : Text::tr("It does not fit: it needs %1. --try-anyway tries it all the same.")
                            .arg(ui::bytesText(plan.needsBytes)))
        << '\n';
}

} // namespace app::cli
