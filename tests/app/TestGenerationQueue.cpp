#include "app/generation/GenerationQueue.h"
#include "app/generation/JobNotice.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace app;
using ui::JobPhase;

namespace {

constexpr int kPatience = 60000; ///< milliseconds; a busy machine is slow, and none of this is about speed

/// A queue over the fake worker in one of its moods.
class Bench {
public:
    explicit Bench(const QStringList& arguments = {}, WorkerSetup setup = {})
        : queue(jobs, worker(arguments, std::move(setup)), MediaCache(folder.path())),
          finished(&queue, &GenerationQueue::finished), failed(&queue, &GenerationQueue::failed),
          cancelled(&queue, &GenerationQueue::cancelled), previews(&queue, &GenerationQueue::previewArrived) {}

    static WorkerSetup worker(const QStringList& arguments, WorkerSetup setup) {
        setup.program = qEnvironmentVariable("FANTASCOPE_BIN") + "/fake-worker";
        setup.arguments = arguments;
        setup.cancel = std::chrono::milliseconds(100);
        setup.terminate = std::chrono::milliseconds(100);
        return setup;
    }

    static GenerationTask task(const QString& title, int steps = 3) {
        return {.title = title,
                .shot = {},
                .prepare = [title, steps](std::stop_token) -> timeline::Result<PreparedRequest> {
                    PreparedRequest prepared;
                    prepared.request.model = "/model";
                    prepared.request.prompts = {{title.toStdString()}};
                    prepared.request.width = 8;
                    prepared.request.height = 4;
                    prepared.request.frames = 5;
                    prepared.request.steps = steps;
                    prepared.request.seed = 11;
                    prepared.key = title.toStdString();
                    return prepared;
                },
                .deliver = [](const GeneratedFrames& made, std::stop_token) -> timeline::Result<QString> {
                    return QString("%1 frames").arg(made.frames.frames);
                }};
    }

    QTemporaryDir folder;
    JobQueue jobs;
    GenerationQueue queue;
    QSignalSpy finished;
    QSignalSpy failed;
    QSignalSpy cancelled;
    QSignalSpy previews;
};

QString failureText(const Bench& bench, int index = 0) {
    return bench.failed.at(index).at(1).value<JobFailure>().text;
}

} // namespace

class TestGenerationQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doesJobsOneAfterAnother() {
        Bench bench;
        const QString a = bench.queue.add(Bench::task("a"));
        const QString b = bench.queue.add(Bench::task("b"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 2, kPatience);
        const auto result = bench.finished.at(0).at(0).value<GenerationResult>();
        QCOMPARE(result.jobId, a);
        QCOMPARE(result.path, QString("5 frames"));
        QVERIFY(!result.fromCache);
        QCOMPARE(result.record.recipe.steps, 3);
        QCOMPARE(result.record.recipe.seed, std::optional<std::uint64_t>(11));
        QCOMPARE(result.record.recipe.sampler, std::string("euler"));
        QVERIFY(bench.previews.count() >= 6);
        QCOMPARE(bench.jobs.find(b)->phase, JobPhase::Finished);
        QCOMPARE(QDir(bench.folder.filePath("work")).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
    }

    void theSameRequestComesFromTheCache() {
        Bench bench;
        bench.queue.add(Bench::task("a"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 1, kPatience);
        bench.queue.add(Bench::task("a"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 2, kPatience);
        QVERIFY(bench.finished.at(1).at(0).value<GenerationResult>().fromCache);
    }

    void aDeadWorkerCostsOneJob_data() {
        QTest::addColumn<QString>("mode");
        QTest::newRow("crash") << "crash";
        QTest::newRow("crash on accept") << "crash-on-accept";
        QTest::newRow("crash at start") << "crash-at-start";
    }
    void aDeadWorkerCostsOneJob() {
        QFETCH(QString, mode);
        Bench bench({"--mode", mode});
        const QString a = bench.queue.add(Bench::task("a"));
        const QString b = bench.queue.add(Bench::task("b"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.failed.count(), 2, kPatience); // each tried with a worker of its own
        QCOMPARE(bench.jobs.find(a)->phase, JobPhase::Failed);
        QCOMPARE(bench.jobs.find(b)->phase, JobPhase::Failed);
        QVERIFY2(failureText(bench).contains("signal"), qPrintable(failureText(bench)));
    }

    void killedInMidJobTheNextJobRuns() {
        const QTemporaryDir mark;
        Bench bench({"--step-ms", "20"});
        const QString a = bench.queue.add(Bench::task("a", 500));
        const QString b = bench.queue.add(Bench::task("b"));
        QTRY_VERIFY_WITH_TIMEOUT(bench.previews.count() > 0, kPatience);
        QCOMPARE(::kill(static_cast<pid_t>(bench.queue.workerProcessId()), SIGKILL), 0);
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 1, kPatience);
        QCOMPARE(bench.failed.count(), 1);
        QCOMPARE(bench.failed.at(0).at(0).toString(), a);
        QCOMPARE(bench.failed.at(0).at(1).value<JobFailure>().code, QString("worker-died"));
        QVERIFY2(failureText(bench).contains("signal 9"), qPrintable(failureText(bench)));
        QCOMPARE(bench.jobs.find(b)->phase, JobPhase::Finished);
        // A job that failed can be tried again, from the steps it had made.
        const QString work = bench.folder.filePath("work/%1.partial");
        QVERIFY(QDir().mkpath(work.arg(a)));
        const QString again = bench.queue.retry(a);
        QVERIFY(QDir(work.arg(again)).exists() && !QDir(work.arg(a)).exists());
        QTRY_VERIFY_WITH_TIMEOUT(bench.previews.count() > 4, kPatience);
        bench.jobs.cancelAll();
        QTRY_COMPARE_WITH_TIMEOUT(bench.cancelled.count(), 1, kPatience);
    }

    void lastWordsAreInTheReason() {
        Bench bench({"--mode", "no-such-mode"});
        bench.queue.add(Bench::task("a"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.failed.count(), 1, kPatience);
        QVERIFY2(failureText(bench).contains("fake-worker:"), qPrintable(failureText(bench)));
    }

    void garbageBetweenTheLinesIsIgnored() {
        for (const char* mode : {"garbage", "stutter"}) {
            Bench bench({"--mode", mode, "--step-ms", "1"});
            bench.queue.add(Bench::task("a"));
            QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 1, kPatience);
        }
    }

    void endlessGarbageEndsTheWorker() {
        WorkerSetup setup{.program = "/bin/sh", .arguments = {"-c", "yes | head -c 100000; exec sleep 1000"}};
        WorkerProcess worker(setup);
        QSignalSpy ended(&worker, &WorkerProcess::ended);
        worker.start();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatience);
        QCOMPARE(ended.at(0).at(0).value<WorkerEnd>().misbehaviour, QString("garbage"));
    }

    void anEndlessLineEndsTheWorker() {
        WorkerSetup setup{.program = "/bin/sh", .arguments = {"-c", "head -c 3000000 /dev/zero; exec sleep 1000"}};
        WorkerProcess worker(setup);
        QSignalSpy ended(&worker, &WorkerProcess::ended);
        worker.start();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatience);
        QCOMPARE(ended.at(0).at(0).value<WorkerEnd>().misbehaviour, QString("line-too-long"));
    }

    void aSilentWorkerIsGivenUp() {
        Bench bench({"--mode", "silent"}, {.hello = std::chrono::milliseconds(50)});
        bench.queue.add(Bench::task("a"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.failed.count(), 1, kPatience);
    }

    void anotherProtocolIsRefused() {
        Bench bench({"--mode", "other-protocol"});
        bench.queue.add(Bench::task("a"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.failed.count(), 1, kPatience);
        QVERIFY2(failureText(bench).contains("version"), qPrintable(failureText(bench)));
    }

    void aMissingWorkerIsNamed() {
        JobQueue jobs;
        const QTemporaryDir folder;
        GenerationQueue queue(jobs, {.program = "/does/not/exist", .arguments = {}}, MediaCache(folder.path()));
        QSignalSpy failed(&queue, &GenerationQueue::failed);
        queue.add(Bench::task("a"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kPatience);
        QCOMPARE(failed.at(0).at(1).value<JobFailure>().code, QString("worker-not-started"));
    }

    void theWorkersRefusalIsPassedOn() {
        Bench bench({"--mode", "refuse"});
        bench.queue.add(Bench::task("a"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.failed.count(), 1, kPatience);
        const auto failure = bench.failed.at(0).at(1).value<JobFailure>();
        QCOMPARE(failure.code, QString("unsupported-condition"));
        QCOMPARE(failure.fault, JobFault::Input);
        QVERIFY(failure.text.contains("as the script says"));
    }

    void lostAndBrokenFramesFailTheJob() {
        for (const char* mode : {"lost-frames", "broken-frames"}) {
            Bench bench({"--mode", mode});
            bench.queue.add(Bench::task("a"));
            QTRY_COMPARE_WITH_TIMEOUT(bench.failed.count(), 1, kPatience);
            QVERIFY(!MediaCache(bench.folder.path()).find("a")); // so that trying again makes them anew
        }
    }

    void cancelStopsAJobInEachStage() {
        Bench bench({"--step-ms", "10"});
        const QString running = bench.queue.add(Bench::task("a", 1000));
        const QString waiting = bench.queue.add(Bench::task("b", 1000));
        QTRY_VERIFY_WITH_TIMEOUT(bench.previews.count() > 0, kPatience);
        bench.jobs.cancel(waiting);
        QCOMPARE(bench.cancelled.count(), 1);
        bench.jobs.cancel(running);
        QTRY_COMPARE_WITH_TIMEOUT(bench.cancelled.count(), 2, kPatience);
        QVERIFY(bench.queue.workerProcessId() != 0); // it obeyed: weights stay loaded
        bench.queue.add(Bench::task("c"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 1, kPatience);
    }

    void aPausedJobLetsTheNextOneRunAndGoesOnLater() {
        Bench bench({"--step-ms", "20"});
        const QString a = bench.queue.add(Bench::task("a", 30));
        const QString b = bench.queue.add(Bench::task("b"));
        QTRY_VERIFY_WITH_TIMEOUT(bench.previews.count() > 2, kPatience);
        bench.jobs.pause(a);
        QCOMPARE(bench.jobs.find(a)->detail, QString("Pausing after this step"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.jobs.find(a)->phase, JobPhase::Paused, kPatience);
        QVERIFY2(bench.jobs.find(a)->detail.contains("of 30"), qPrintable(bench.jobs.find(a)->detail));
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 1, kPatience);
        QCOMPARE(bench.finished.at(0).at(0).value<GenerationResult>().jobId, b);
        bench.jobs.resume(a);
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 2, kPatience);
        QCOMPARE(bench.finished.at(1).at(0).value<GenerationResult>().jobId, a);
        QCOMPARE(QDir(bench.folder.filePath("work")).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
    }

    void aPausedJobOutlivesItsWorker() {
        Bench bench({"--step-ms", "20"});
        const QString a = bench.queue.add(Bench::task("a", 30));
        QTRY_VERIFY_WITH_TIMEOUT(bench.previews.count() > 0, kPatience);
        bench.jobs.pause(a);
        QTRY_COMPARE_WITH_TIMEOUT(bench.jobs.find(a)->phase, JobPhase::Paused, kPatience);
        QCOMPARE(::kill(static_cast<pid_t>(bench.queue.workerProcessId()), SIGKILL), 0);
        QTRY_COMPARE_WITH_TIMEOUT(bench.queue.workerProcessId(), qint64(0), kPatience);
        QCOMPARE(bench.failed.count(), 0);
        bench.jobs.resume(a); // the new worker gets the whole request
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 1, kPatience);
    }

    void aPausedJobIsCancelledLikeAnyOther() {
        Bench bench({"--step-ms", "20"});
        const QString a = bench.queue.add(Bench::task("a", 1000));
        QTRY_VERIFY_WITH_TIMEOUT(bench.previews.count() > 0, kPatience);
        bench.jobs.pause(a);
        QTRY_COMPARE_WITH_TIMEOUT(bench.jobs.find(a)->phase, JobPhase::Paused, kPatience);
        bench.jobs.cancel(a);
        QCOMPARE(bench.cancelled.count(), 1);
        bench.jobs.resume(a);
        QCOMPARE(bench.jobs.find(a)->phase, JobPhase::Cancelled);
        QTRY_COMPARE_WITH_TIMEOUT(
            QDir(bench.folder.filePath("work")).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList(),
            kPatience);
    }

    void cancelWinsOverAPauseThatLandsFirst() {
        Bench bench({"--step-ms", "50"});
        const QString a = bench.queue.add(Bench::task("a", 1000));
        QTRY_VERIFY_WITH_TIMEOUT(bench.previews.count() > 0, kPatience);
        const qint64 worker = bench.queue.workerProcessId();
        bench.jobs.pause(a);
        bench.jobs.cancel(a);
        QTRY_COMPARE_WITH_TIMEOUT(bench.cancelled.count(), 1, kPatience);
        QCOMPARE(bench.jobs.find(a)->phase, JobPhase::Cancelled);
        QTest::qWait(400); // longer than the whole ladder
        QCOMPARE(bench.queue.workerProcessId(), worker);
        QCOMPARE(QDir(bench.folder.filePath("work")).entryList({"*.partial", a}, QDir::Dirs), QStringList());
        bench.queue.add(Bench::task("b"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 1, kPatience);
    }

    void aLineThatCannotBeReadIsNotTheRunningJobs() {
        Bench bench({"--mode", "bad-line"});
        bench.queue.add(Bench::task("a"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 1, kPatience);
        QCOMPARE(bench.failed.count(), 0);
    }

    void whatTheWorkerWouldNotReadIsNotSent() {
        Bench bench({"--step-ms", "20"});
        QSignalSpy unplanned(&bench.queue, &GenerationQueue::unplanned);
        bench.queue.add(Bench::task("a", 20));
        QTRY_VERIFY_WITH_TIMEOUT(bench.previews.count() > 0, kPatience);
        generation::GenerateRequest request = Bench::task("b").prepare({})->request;
        request.prompts.front().text.assign(100'000, 'x');
        bench.queue.askPlan(request, "plan 1");
        QCOMPARE(unplanned.count(), 1);
        QCOMPARE(unplanned.at(0).at(1).value<JobFailure>().code, QString("bad-request"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 1, kPatience);
        QCOMPARE(bench.failed.count(), 0);
        GenerationTask task = Bench::task("c");
        task.prepare = [request](std::stop_token) -> timeline::Result<PreparedRequest> {
            return PreparedRequest{request, "c", {}};
        };
        bench.queue.add(std::move(task));
        QTRY_COMPARE_WITH_TIMEOUT(bench.failed.count(), 1, kPatience);
        QCOMPARE(bench.failed.at(0).at(1).value<JobFailure>().fault, JobFault::Input);
    }

    void plansAreAnsweredAlsoBeforeTheFirstJob() {
        const generation::GenerateRequest request = Bench::task("a").prepare({})->request;
        Bench bench;
        QSignalSpy planned(&bench.queue, &GenerationQueue::planned);
        bench.queue.askPlan(request, "plan 1");
        QTRY_COMPARE_WITH_TIMEOUT(planned.count(), 1, kPatience);
        for (const char* mode : {"no-plan", "crash-at-start"}) {
            Bench refusing({"--mode", mode});
            QSignalSpy unplanned(&refusing.queue, &GenerationQueue::unplanned);
            refusing.queue.askPlan(request, "plan 1");
            QTRY_COMPARE_WITH_TIMEOUT(unplanned.count(), 1, kPatience);
            QCOMPARE(unplanned.at(0).at(0).toString(), QString("plan 1"));
        }
    }

    void whatTheWorkerNotesIsTold() {
        Bench bench({"--mode", "notice", "--step-ms", "20"});
        QSignalSpy noticed(&bench.queue, &GenerationQueue::noticed);
        const QString a = bench.queue.add(Bench::task("a"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 1, kPatience);
        QCOMPARE(noticed.count(), 1);
        QCOMPARE(noticed.at(0).at(0).toString(), a);
        const QString text = noticed.at(0).at(1).toString();
        QVERIFY2(text.contains("Memory ran out") && text.contains("streamed"), qPrintable(text));
        QCOMPARE(bench.jobs.find(a)->detail, text);
    }

    void noticesAreSentences() {
        const auto textOf = [](const char* code, const generation::NoticeFacts& facts) {
            return noticeText({.id = "a", .code = code, .detail = "d", .facts = facts});
        };
        QVERIFY(textOf("resumed", {{"step", std::int64_t(12)}}).contains("step 12"));
        QVERIFY(textOf("experts", {{"file", "a.gguf"}, {"level", "high"}}).contains("a.gguf was taken for the first"));
        const QString partly = textOf(
            "lora-keys", {{"file", "l"}, {"keys", std::int64_t(7)}, {"first", "x.y"}, {"parts", std::int64_t(3)}});
        QVERIFY2(partly.contains("7 parts have no effect") && partly.contains("x.y"), qPrintable(partly));
        QVERIFY(textOf("lora-keys", {{"file", "l"}, {"parts", std::int64_t(0)}}).contains("changes nothing"));
        QVERIFY(textOf("wider-type", {{"dtype", "fp32"}}).contains("fp32"));
        QCOMPARE(textOf("of-the-future", {}), QString("The worker noted: of-the-future (d)"));
        QVERIFY(!textOf("resumed", {}).isEmpty());
    }

    void aJobThatWaitsIsHeld() {
        Bench bench({"--step-ms", "20"});
        bench.queue.add(Bench::task("a", 20));
        const QString b = bench.queue.add(Bench::task("b"));
        bench.jobs.pause(b);
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 1, kPatience);
        QTest::qWait(100);
        QCOMPARE(bench.jobs.find(b)->phase, JobPhase::Paused);
        bench.jobs.resume(b);
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 2, kPatience);
    }

    void whatIsPredictedNotToFitCanBeTriedAnyway() {
        Bench bench({"--mode", "needs-memory"});
        const QString a = bench.queue.add(Bench::task("a"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.failed.count(), 1, kPatience);
        QVERIFY(bench.jobs.find(a)->canTryAnyway);
        QVERIFY2(failureText(bench).contains("needs 13.2 GB"), qPrintable(failureText(bench)));
        bench.queue.retry(a, GenerationQueue::Persistence::TryAnyway);
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.count(), 1, kPatience);
    }

    void cancelOfAHangingWorkerClimbsTheLadder() {
        for (const char* mode : {"hang", "hang-hard"}) {
            Bench bench({"--mode", mode});
            const QString a = bench.queue.add(Bench::task("a"));
            QTRY_VERIFY_WITH_TIMEOUT(bench.previews.count() > 0, kPatience);
            bench.jobs.cancel(a);
            QCOMPARE(bench.jobs.find(a)->detail, QString("Cancelling"));
            QTRY_COMPARE_WITH_TIMEOUT(bench.cancelled.count(), 1, kPatience);
            QCOMPARE(bench.failed.count(), 0);
            QTRY_COMPARE_WITH_TIMEOUT(bench.queue.workerProcessId(), qint64(0), kPatience);
        }
    }

    void failuresBeforeAndAfterTheWorkerAreTold() {
        Bench bench;
        GenerationTask unprepared = Bench::task("a");
        unprepared.prepare = [](std::stop_token) -> timeline::Result<PreparedRequest> {
            return timeline::Error{timeline::ErrorCode::FileNotFound, "base.mp4", {}};
        };
        bench.queue.add(std::move(unprepared));
        GenerationTask undelivered = Bench::task("b");
        undelivered.deliver = [](const GeneratedFrames&, std::stop_token) -> timeline::Result<QString> {
            return timeline::Error{timeline::ErrorCode::DiskFull, "take.mkv", {}};
        };
        bench.queue.add(std::move(undelivered));
        QTRY_COMPARE_WITH_TIMEOUT(bench.failed.count(), 2, kPatience);
        QCOMPARE(bench.failed.at(0).at(1).value<JobFailure>().fault, JobFault::Input);
        QVERIFY(failureText(bench).contains("base.mp4"));
        QCOMPARE(bench.failed.at(1).at(1).value<JobFailure>().fault, JobFault::Output);
        QVERIFY(MediaCache(bench.folder.path()).find("b")); // the frames are kept: trying again is quick
    }
};

QTEST_GUILESS_MAIN(TestGenerationQueue)
#include "TestGenerationQueue.moc"
