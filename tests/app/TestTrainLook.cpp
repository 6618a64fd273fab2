#include "app/cli/Interrupt.h"
#include "app/generation/LookClips.h"
#include "app/models/ModelCatalogue.h"
#include "generation/protocol/FrameFile.h"
#include "tests/app/RunCommand.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>

using namespace app::cli;

namespace {

constexpr int kPatience = 300'000; ///< milliseconds; a busy machine is slow, and none of this is about speed

/// Presses Ctrl-C once it says "step".
Outcome runUntilAStep(const QStringList& arguments) {
    Outcome outcome;
    QTextStream out(&outcome.out);
    QTextStream err(&outcome.err);
    Interrupt interrupt;
    QTimer watch;
    QObject::connect(&watch, &QTimer::timeout, &watch, [&] {
        if (outcome.err.contains("step ") && !interrupt.wasRequested()) {
            interrupt.request();
        }
    });
    watch.start(20);
    outcome.code = runCommandLine(arguments, {out, err, &interrupt});
    return outcome;
}

QString read(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

/// `train-look` with the real worker and a model that is trained in a moment, and with scripts that play the worker.
class TestTrainLook : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QStringList m_clips;

    QString file(const QString& name) const { return m_folder.filePath(name); }
    QString model() const { return file("tiny/model"); }

    QStringList order(const QStringList& options) const {
        return QStringList{"train-look"} + m_clips + QStringList{"--name", "ink", "--model", model()} + options;
    }
    Outcome train(const QStringList& options) const { return run(order(options)); }
    /// Plays the worker: keeps the job, says this, ends with that.
    void playWorker(const QByteArray& lines, int status) {
        write(file("lines"), lines);
        const QString script = file("script");
        write(script, "#!/bin/sh\ncat > " + file("job").toLocal8Bit() + "\ncat " + file("lines").toLocal8Bit() +
                          "\nexit " + QByteArray::number(status) + "\n");
        QFile::setPermissions(script, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv("FANTASCOPE_WORKER", script.toLocal8Bit());
    }
    static QByteArray line(const char* code, const QString& detail) {
        return QJsonDocument(QJsonObject{{"event", "notice"}, {"code", code}, {"detail", detail}})
                   .toJson(QJsonDocument::Compact) +
               '\n';
    }
    static QByteArray notice(const char* code, const QJsonObject& detail) {
        return line(code, QString::fromUtf8(QJsonDocument(detail).toJson(QJsonDocument::Compact)));
    }
    QByteArray planLine(const QString& output) const {
        return notice("look-plan", {{"bytes", 2.1e9},
                                    {"available_bytes", 8e9},
                                    {"fits", true},
                                    {"seconds", 1200},
                                    {"outputs", QJsonArray{output}},
                                    {"folder", output + ".training"}});
    }
    QJsonArray askedClips() const {
        return QJsonDocument::fromJson(read(file("job")).toUtf8()).object().value("clips").toArray();
    }
    QStringList leftovers() const {
        return QDir(file("cache/fantascope/work")).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_CACHE_HOME", file("cache").toLocal8Bit());
        qputenv("XDG_DATA_HOME", file("data").toLocal8Bit());
        qputenv("XDG_CONFIG_HOME", file("config").toLocal8Bit());
        const QString worker = qEnvironmentVariable("FANTASCOPE_BIN") + "/fantascope-worker";
        QProcess training;
        training.start(worker, {"train", "starter", "--size", "tiny", "--steps", "2", "--output", file("tiny")});
        QVERIFY(training.waitForFinished(kPatience) && training.exitCode() == 0);
        m_clips << resource("boat.mp4");
        for (int i = 0; i < 4; ++i) {
            QImage still(90 + 10 * i, 60, QImage::Format_RGB888);
            still.fill(QColor(40 * i, 90, 200 - 30 * i));
            m_clips << file("still%1.png").arg(i);
            QVERIFY(still.save(m_clips.last()));
        }
    }
    void init() {
        qputenv("FANTASCOPE_WORKER", qgetenv("FANTASCOPE_BIN") + "/fantascope-worker");
        QFile::remove(file("job"));
    }

    void trainsWhatGenerateUses() {
        const Outcome outcome = train({"--steps", "3", "--rank", "2", "--json"});
        QVERIFY2(outcome.code == ExitCode::Ok, qPrintable(outcome.err));
        const QString look = file("data/fantascope/models/loras/ink.safetensors");
        QCOMPARE(outcome.json().object().value("files").toArray(), QJsonArray{look});
        QCOMPARE(outcome.json().object().value("prompt").toString(), QString("in the style of ink"));
        QVERIFY2(outcome.err.contains("5, 4 of them stills") && outcome.err.contains("Memory:"),
                 qPrintable(outcome.err));
        QVERIFY(leftovers().isEmpty());
        QVERIFY(run({"models"}).out.contains(look));
        const Outcome shot = run({"generate", "--model", model(), "--lora", "ink.safetensors", "--prompt", "x",
                                  "--frames", "5", "--size", "64x32", "-o", file("out.mkv")});
        QVERIFY2(shot.code == ExitCode::Ok && !shot.err.contains("no effect"), qPrintable(shot.err));
        // Written over only when that is asked for.
        const Outcome again = train({"--steps", "1"});
        QCOMPARE(again.code, ExitCode::Output);
        QVERIFY2(again.err.contains("--overwrite") && again.err.contains(look), qPrintable(again.err));
        QCOMPARE(train({"--steps", "1", "--overwrite"}).code, ExitCode::Ok);
    }

    void goesOnAfterCtrlC() {
        const QStringList options{"--steps", "100000", "-o", file("long.safetensors")};
        const Outcome outcome = runUntilAStep(order(options));
        QCOMPARE(outcome.code, ExitCode::Cancelled);
        QVERIFY2(outcome.err.contains(file("long.safetensors.training")), qPrintable(outcome.err));
        QVERIFY(QFile::exists(file("long.safetensors.training/look.checkpoint.safetensors")));
        QVERIFY(leftovers().isEmpty());
        QVERIFY(train(QStringList{"--plan"} + options).out.contains("Goes on"));
        const Outcome other = train(options + QStringList{"--rank", "3"});
        QCOMPARE(other.code, ExitCode::BadInput);
        QVERIFY2(other.err.contains(file("long.safetensors.training")), qPrintable(other.err));
        const Outcome rest = train({"--steps", "1", "-o", file("long.safetensors")}); // no more than was made already
        QVERIFY2(rest.code == ExitCode::Ok, qPrintable(rest.err));
        QVERIFY(!QFile::exists(file("long.safetensors.training")));
    }

    void plansTrainNothing() {
        const Outcome plan = train({"--plan", "--minutes", "7", "-o", file("planned.safetensors")});
        QVERIFY2(plan.code == ExitCode::Ok, qPrintable(plan.err));
        QVERIFY2(plan.out.contains("7 min") && plan.out.contains(file("planned.safetensors")), qPrintable(plan.out));
        const QJsonObject json = train({"--plan", "--json", "-o", file("planned.safetensors")}).json().object();
        QVERIFY(json.value("fits").toBool() && json.value("memoryBytes").toDouble() > 0);
        QCOMPARE(json.value("clips").toInt(), 5);
        QVERIFY(json.value("stretches").toInt() > 5);
        QVERIFY(!QFile::exists(file("planned.safetensors")));
    }

    void wrongOrdersAreNamed() {
        const auto with = [&](const QStringList& clips, const QStringList& options) {
            return run(QStringList{"train-look", "--model", model(), "-o", file("none.safetensors")} + clips + options);
        };
        QCOMPARE(with(m_clips, {}).code, ExitCode::Usage); // no name
        const Outcome few = with(m_clips.mid(0, 4), {"--name", "ink"});
        QCOMPARE(few.code, ExitCode::Usage);
        QVERIFY2(few.err.contains('5') && few.err.contains('4'), qPrintable(few.err));
        QCOMPARE(with(QStringList(51, resource("lake.png")), {"--name", "ink"}).code, ExitCode::Usage);
        for (const QStringList& wrong :
             {QStringList{"--rank", "0"}, QStringList{"--minutes", "soon"}, QStringList{"--steps", "-1"}}) {
            const Outcome outcome = with(m_clips, QStringList{"--name", "ink"} + wrong);
            QCOMPARE(outcome.code, ExitCode::Usage);
            QVERIFY2(outcome.err.contains(wrong.first()), qPrintable(outcome.err));
        }
        QCOMPARE(train({"--model", "unheard-of"}).code, ExitCode::Usage); // given twice
        const Outcome unknown = run(QStringList{"train-look", "--name", "ink", "--model", "unheard-of"} + m_clips);
        QCOMPARE(unknown.code, ExitCode::BadInput);
        QVERIFY2(unknown.err.contains("unheard-of"), qPrintable(unknown.err));
        QCOMPARE(train({"-o", file("look.mp4")}).code, ExitCode::Usage);
        const Outcome nowhere = train({"-o", file("no-folder/look.safetensors")});
        QCOMPARE(nowhere.code, ExitCode::Output);
        QVERIFY2(nowhere.err.contains("no-folder"), qPrintable(nowhere.err));
    }

    void clipsThatCannotBeReadAreNamed() {
        write(file("noise.mp4"), "no film");
        for (const QString& bad : {file("gone.mp4"), file("noise.mp4"), resource("pad.flac")}) {
            const Outcome outcome = run(
                QStringList{"train-look", "--name", "ink", "--model", model(), "-o", file("none.safetensors"), bad} +
                m_clips);
            QCOMPARE(outcome.code, ExitCode::BadInput);
            QVERIFY2(outcome.err.contains(QFileInfo(bad).fileName()), qPrintable(outcome.err));
        }
        write(file("still0.txt"), QByteArray(9000, 'x'));
        const Outcome outcome = train({"--plan"});
        QFile::remove(file("still0.txt"));
        QCOMPARE(outcome.code, ExitCode::BadInput);
        QVERIFY2(outcome.err.contains("still0.txt"), qPrintable(outcome.err));
    }

    void captionsLieBesideTheClips() {
        write(file("still1.txt"), " a blue\nhill \n");
        playWorker(planLine(file("o.safetensors")), 0);
        train({"-o", file("o.safetensors")});
        const QJsonArray clips = askedClips();
        QVERIFY(clips.size() > 5); // several stretches of the boat
        QCOMPARE(clips[clips.size() - 3].toObject().value("caption").toString(), QString("a blue hill"));
        QCOMPARE(clips.last().toObject().value("caption").toString(), QString());
        train({"-o", file("o.safetensors"), "--caption", "in thin ink"});
        QCOMPARE(askedClips()[clips.size() - 3].toObject().value("caption").toString(), QString());
        QVERIFY(read(file("job")).contains("\"caption\": \"in thin ink\""));
        QFile::remove(file("still1.txt"));
    }

    void nearCopiesAreToldInWords() {
        const QByteArray plan = planLine(file("o.safetensors"));
        const QByteArray look = line("look", file("o.safetensors"));
        playWorker(plan + look + notice("near-copy", {{"clip", 0}, {"distance", 20}}) +
                       notice("near-copy", {{"clip", 1}, {"distance", 9}}),
                   0);
        const Outcome outcome = train({"-o", file("o.safetensors")});
        QVERIFY2(outcome.code == ExitCode::Ok, qPrintable(outcome.err));
        QCOMPARE(outcome.err.count("Warning:"), 1); // both are stretches of the boat
        QVERIFY2(outcome.err.contains(resource("boat.mp4")) && outcome.err.contains("9 of 256"),
                 qPrintable(outcome.err));
        QCOMPARE(train({"-o", file("o.safetensors"), "--json"}).json().object().value("nearCopies").toArray().size(),
                 1);
    }

    void failuresHaveTheirCodes() {
        const auto failing = [&](const QJsonObject& detail) {
            playWorker(planLine(file("o.safetensors")) + notice("failed", detail), 1);
            return train({"-o", file("o.safetensors")});
        };
        const Outcome memory = failing({{"code", "needs-memory"}, {"detail", "13200000000"}});
        QCOMPARE(memory.code, ExitCode::Generation);
        QVERIFY2(memory.err.contains("13.2 GB") && memory.err.contains("--try-anyway"), qPrintable(memory.err));
        QCOMPARE(failing({{"code", "bad-model"}, {"detail", "m.safetensors"}}).code, ExitCode::BadInput);
        QCOMPARE(failing({{"code", "write-failed"}, {"detail", "disk"}}).code, ExitCode::Output);
        QCOMPARE(failing({{"code", "unsupported-model"}, {"detail", "m"}}).code, ExitCode::BadInput);
        playWorker("garbage\n{\"event\":3}\n", 0);
        QCOMPARE(train({"-o", file("o.safetensors")}).code, ExitCode::Generation);
        playWorker(planLine(file("o.safetensors")), 0);
        QCOMPARE(train({"-o", file("o.safetensors")}).code, ExitCode::Generation); // ended without a look
        playWorker(planLine(file("o.safetensors")), 9);
        QVERIFY(train({"-o", file("o.safetensors")}).err.contains('9'));
        qputenv("FANTASCOPE_WORKER", file("no-worker").toLocal8Bit());
        QCOMPARE(train({"-o", file("o.safetensors")}).code, ExitCode::Generation);
    }

    void longClipsGiveStretchesAllOver() {
        app::ModelInfo info;
        info.width = 64;
        info.height = 32;
        info.frames = 5;
        info.fps = 12;
        const auto clips = app::readLookClips(m_clips, info);
        QVERIFY(clips.has_value());
        const app::LookClip& boat = clips->front();
        QCOMPARE(boat.frames, std::int64_t(5));
        QCOMPARE(boat.starts.size(), std::size_t(8));
        const std::int64_t all = boat.media.pictureClip(timeline::FrameRate(12))->sourceRange.duration.value();
        QCOMPARE(boat.starts.back(), all - 5);
        QCOMPARE(clips->back().starts, std::vector<std::int64_t>{0});
        QCOMPARE(clips->back().frames, std::int64_t(1));
        const auto stretches = app::decodeLookClips(*clips, info, m_folder.path(), {}, [](std::int64_t) {});
        QVERIFY(stretches.has_value());
        QCOMPARE(stretches->size(), std::size_t(12));
        const auto first = generation::readFrameFile(stretches->front().frames.toStdString());
        QCOMPARE(first.width, 64);
        QCOMPARE(first.height, 32);
        QCOMPARE(first.frames, std::int64_t(5));
        QCOMPARE(first.fpsNumerator, std::int64_t(12));
        const auto still = generation::readFrameFile(stretches->back().frames.toStdString());
        QCOMPARE(still.frames, std::int64_t(1));
        QVERIFY(*std::ranges::max_element(still.samples) > 20'000); // covered, not in a black frame
        QVERIFY(*std::ranges::min_element(still.samples) > 20'000);
        // Fifty clips are not cut into four hundred.
        const auto many = app::readLookClips(QStringList(50, resource("boat.mp4")), info);
        QCOMPARE(app::stretchCount(*many), std::int64_t(150));
        info.frames = 10'000;
        QCOMPARE(app::readLookClips(m_clips, info)->front().starts, std::vector<std::int64_t>{0});
    }
};

QTEST_MAIN(TestTrainLook)
#include "TestTrainLook.moc"
