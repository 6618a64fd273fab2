#include "app/cli/CommandLine.h"
#include "app/cli/Interrupt.h"
#include "app/cli/TaskDocument.h"
#include "timeline/io/OtioReader.h"
#include "timeline/media/MediaPool.h"
#include "timeline/media/Probe.h"
#include "timeline/media/StillReader.h"
#include "timeline/model/Query.h"
#include "timeline/model/Recipe.h"

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

using namespace app::cli;

namespace {

/// What a command did.
struct Outcome {
    ExitCode code = ExitCode::Ok;
    QString out = {};
    QString err = {};

    QJsonDocument json() const { return QJsonDocument::fromJson(out.toUtf8()); }
};

Outcome run(const QStringList& arguments, Interrupt* interrupt = nullptr) {
    Outcome outcome;
    QTextStream out(&outcome.out);
    QTextStream err(&outcome.err);
    outcome.code = runCommandLine(arguments, {out, err, interrupt});
    return outcome;
}

QString resource(const QString& name) {
    return qEnvironmentVariable("FANTASCOPE_RESOURCES") + "/demo/" + name;
}

void write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QString taskProblem(const QByteArray& document) {
    const auto task = readTask(document, "/tasks");
    const auto* problem = std::get_if<TaskProblem>(&task);
    return problem ? problem->text : QString();
}

QByteArray task(const QByteArray& type, const QByteArray& input, const QByteArray& rest = {}) {
    return "{\"task_type\": \"" + type + "\", \"input\": {" + input + "}" + (rest.isEmpty() ? "" : ", " + rest) + "}";
}

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString file(const QString& name) const { return m_folder.filePath(name); }

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_CACHE_HOME", file("cache").toLocal8Bit());
        qputenv("XDG_DATA_HOME", file("data").toLocal8Bit());
        qputenv("XDG_CONFIG_HOME", file("config").toLocal8Bit());
        qputenv("FANTASCOPE_WORKER", qgetenv("FANTASCOPE_BIN") + "/fake-worker");
    }
    void cleanup() { qunsetenv("FAKE_WORKER_MODE"); }

    void everyCommandHasHelp() {
        for (const auto& command : allCommands()) {
            const Outcome outcome = run({command->name(), "--help"});
            QCOMPARE(outcome.code, ExitCode::Ok);
            QVERIFY(outcome.out.startsWith("Usage: fantascope " + command->name()));
            QVERIFY2(outcome.out.contains("--json") && outcome.out.contains("Exit codes:"), qPrintable(outcome.out));
            QVERIFY(run({"--help"}).out.contains(command->name()));
        }
    }

    void wrongUsageIsNamed() {
        QCOMPARE(run({"unheard-of"}).code, ExitCode::Usage);
        QCOMPARE(run({"models", "--unheard-of"}).code, ExitCode::Usage);
        QCOMPARE(run({"probe"}).code, ExitCode::Usage);
        QCOMPARE(run({"render", "a.otio"}).code, ExitCode::Usage);
        QCOMPARE(run({"render", "a.otio", "-o", "a.mp4", "--compositor", "paint"}).code, ExitCode::Usage);
        QCOMPARE(run({"render", "a.otio", "-o", "a.mp4", "--preset", "film"}).code, ExitCode::Usage);
        QCOMPARE(run({"frame", "a.otio", "--at", "0", "-o", "a.bmp"}).code, ExitCode::Usage);
    }

    void wrongValuesAreNamed_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("named");
        QTest::newRow("no output") << QStringList{"--prompt", "x"} << "-o";
        QTest::newRow("nothing to make") << QStringList{"-o", "a.mp4"} << "--prompt";
        QTest::newRow("size") << QStringList{"--prompt", "x", "-o", "a.mp4", "--size", "big"} << "--size";
        QTest::newRow("size 0") << QStringList{"--prompt", "x", "-o", "a.mp4", "--size", "0x0"} << "--size";
        QTest::newRow("frames") << QStringList{"--prompt", "x", "-o", "a.mp4", "--frames", "-3"} << "--frames";
        QTest::newRow("duration") << QStringList{"--prompt", "x", "-o", "a.mp4", "--duration", "nan"} << "--duration";
        QTest::newRow("fps") << QStringList{"--prompt", "x", "-o", "a.mp4", "--fps", "24/0"} << "--fps";
        QTest::newRow("strength") << QStringList{"--prompt", "x", "-o", "a.mp4", "--strength", "1.5"} << "--strength";
        QTest::newRow("control") << QStringList{"--prompt", "x", "-o", "a.mp4", "--control", "depth"} << "--control";
        QTest::newRow("seed") << QStringList{"--prompt", "x", "-o", "a.mp4", "--seed", "seven"} << "--seed";
        QTest::newRow("both lengths") << QStringList{"--prompt", "x", "-o", "a.mp4", "--frames", "3", "--duration", "1"}
                                      << "--duration";
        QTest::newRow("both bases") << QStringList{"--base", "x", "--image", "y", "-o", "a.mp4"} << "--image";
        QTest::newRow("kind of result") << QStringList{"--prompt", "x", "-o", "a.docx"} << "a.docx";
    }
    void wrongValuesAreNamed() {
        QFETCH(QStringList, options);
        QFETCH(QString, named);
        const Outcome outcome = run(QStringList{"generate"} + options);
        QCOMPARE(outcome.code, ExitCode::Usage);
        QVERIFY2(outcome.err.contains(named), qPrintable(outcome.err));
    }

    void modelsAreListed() {
        const Outcome outcome = run({"models", "--json"});
        QCOMPARE(outcome.code, ExitCode::Ok);
        QCOMPARE(outcome.json().array().first().toObject().value("name").toString(), QString("starter"));
        QVERIFY(run({"models"}).out.contains("luma+reference"));
    }

    void probeTellsFilesApart() {
        write(file("note.txt"), "no film");
        const Outcome outcome = run({"probe", "--json", resource("boat.mp4"), file("note.txt"), "/does/not/exist"});
        QCOMPARE(outcome.code, ExitCode::BadInput);
        const QJsonArray documents = outcome.json().array();
        QCOMPARE(documents.size(), 3);
        const QJsonObject video = documents[0].toObject().value("video").toArray().first().toObject();
        QCOMPARE(video.value("displayWidth").toInt(), 1280);
        QCOMPARE(video.value("rate").toString(), QString("24/1"));
        QVERIFY(documents[1].toObject().contains("error"));
        QCOMPARE(documents[2].toObject().value("error").toString(), QString("FileNotFound"));
        QVERIFY(run({"probe", resource("boat.mp4")}).out.contains("h264"));
    }

    void generateGivesExactlyWhatWasAsked() {
        const Outcome outcome = run({"generate", "--prompt", "a lake", "--size", "64x36", "--frames", "10", "--fps",
                                     "24", "--seed", "3", "-o", file("lake.mp4")});
        QVERIFY2(outcome.code == ExitCode::Ok, qPrintable(outcome.err));
        QCOMPARE(outcome.out.trimmed(), file("lake.mp4"));
        const auto info = timeline::probe(file("lake.mp4").toStdString());
        QVERIFY(info);
        QCOMPARE(info->video.front().displayWidth, 64);
        QCOMPARE(info->video.front().displayHeight, 36);
        QCOMPARE(info->video.front().frameCount, std::int64_t(10));
        QVERIFY(info->video.front().rate == timeline::FrameRate(24));
    }

    void generateFollowsABaseAndAStyle() {
        const Outcome outcome =
            run({"generate", "--prompt", "a boat", "--base", resource("boat.mp4"), "--style", resource("style-oil.png"),
                 "--duration", "0.5", "--takes", "2", "--json", "-o", file("boat.mkv")});
        QVERIFY2(outcome.code == ExitCode::Ok, qPrintable(outcome.err));
        const QJsonArray takes = outcome.json().array();
        QCOMPARE(takes.size(), 2);
        QVERIFY(takes[0].toObject().value("seed") != takes[1].toObject().value("seed"));
        for (const char* name : {"boat-1.mkv", "boat-2.mkv"}) {
            const auto info = timeline::probe(file(name).toStdString());
            QVERIFY(info);
            QCOMPARE(info->video.front().displayWidth, 224);
            QCOMPARE(info->video.front().displayHeight, 126); // the base's shape inside the model's frame
            QCOMPARE(info->video.front().frameCount, std::int64_t(6));
        }
    }

    void generateWritesNumberedPictures() {
        const Outcome outcome =
            run({"generate", "--image", resource("lake.png"), "--frames", "3", "-o", file("frames/")});
        QVERIFY2(outcome.code == ExitCode::Ok, qPrintable(outcome.err));
        QCOMPARE(QDir(file("frames")).entryList(QDir::Files),
                 (QStringList{"frame.0001.png", "frame.0002.png", "frame.0003.png"}));
    }

    void failuresHaveTheirExitCodes() {
        QCOMPARE(run({"generate", "--base", "/does/not/exist.mp4", "-o", file("a.mp4")}).code, ExitCode::BadInput);
        QCOMPARE(run({"generate", "--base", resource("pad.flac"), "-o", file("a.mp4")}).code, ExitCode::BadInput);
        QCOMPARE(run({"generate", "--prompt", "x", "--model", "unheard-of", "-o", file("a.mp4")}).code,
                 ExitCode::BadInput);
        QCOMPARE(run({"generate", "--prompt", "x", "--frames", "2", "-o", file("no/such/folder/a.mp4")}).code,
                 ExitCode::Output);
        qputenv("FAKE_WORKER_MODE", "refuse");
        const Outcome refused = run({"generate", "--prompt", "refused", "-o", file("a.mp4")});
        QCOMPARE(refused.code, ExitCode::BadInput);
        QVERIFY(refused.err.contains("as the script says"));
        qputenv("FAKE_WORKER_MODE", "crash");
        QCOMPARE(run({"generate", "--prompt", "crashed", "-o", file("a.mp4")}).code, ExitCode::Generation);
        QVERIFY(!QFile::exists(file("a.mp4")));
    }

    void interruptCancels() {
        qputenv("FAKE_WORKER_MODE", "hang");
        Interrupt interrupt;
        QTimer::singleShot(500, &interrupt, &Interrupt::request);
        const Outcome outcome = run({"generate", "--prompt", "cancelled", "-o", file("cancelled.mp4")}, &interrupt);
        QCOMPARE(outcome.code, ExitCode::Cancelled);
        QVERIFY(!QFile::exists(file("cancelled.mp4")));
    }

    void tasksAreRead() {
        const auto read =
            readTask(task("video-to-video",
                          "\"prompt\": \"p\", \"video_url\": \"in/a.mp4\", \"style_image_url\": \"file:///b%20c.png\"",
                          "\"model_id\": \"m\", \"output_settings\": {\"duration_seconds\": 2.5, \"resolution\": "
                          "\"720p\", \"fps\": 23.976}"),
                     "/tasks");
        const auto* sketch = std::get_if<Sketch>(&read);
        QVERIFY(sketch);
        QCOMPARE(sketch->base, QString("/tasks/in/a.mp4"));
        QCOMPARE(sketch->styles, QStringList{"/b c.png"});
        QCOMPARE(sketch->model, QString("m"));
        QCOMPARE(sketch->width, std::optional(1280));
        QCOMPARE(sketch->seconds, std::optional(2.5));
        QVERIFY(sketch->rate == timeline::FrameRate(24000, 1001));
    }

    void wrongTasksNameTheField_data() {
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QString>("named");
        const QByteArray prompt = "\"prompt\": \"p\"";
        QTest::newRow("no json") << QByteArray("{") << "JSON";
        QTest::newRow("list") << QByteArray("[]") << "object";
        QTest::newRow("no type") << QByteArray("{\"input\": {\"prompt\": \"p\"}}") << "task_type";
        QTest::newRow("type of type") << QByteArray("{\"task_type\": 3}") << "task_type";
        QTest::newRow("unknown type") << task("dream", prompt) << "dream";
        QTest::newRow("no input") << QByteArray("{\"task_type\": \"text-to-video\"}") << "input";
        QTest::newRow("no prompt") << task("text-to-video", "") << "input.prompt";
        QTest::newRow("prompt is a number") << task("text-to-video", "\"prompt\": 3") << "input.prompt";
        QTest::newRow("no image") << task("image-to-video", prompt) << "input.image_url";
        QTest::newRow("no video") << task("video-to-video", prompt) << "input.video_url";
        QTest::newRow("image does not belong")
            << task("text-to-video", prompt + ", \"image_url\": \"a.png\"") << "input.image_url";
        QTest::newRow("http") << task("image-to-video", prompt + ", \"image_url\": \"https://example.org/a.png\"")
                              << "https://example.org";
        QTest::newRow("other machine") << task("image-to-video", prompt + ", \"image_url\": \"ftp://host/a.png\"")
                                       << "input.image_url";
        QTest::newRow("settings") << task("text-to-video", prompt, "\"output_settings\": 3") << "output_settings";
        QTest::newRow("length") << task("text-to-video", prompt, "\"output_settings\": {\"duration_seconds\": \"2\"}")
                                << "output_settings.duration_seconds";
        QTest::newRow("rate") << task("text-to-video", prompt, "\"output_settings\": {\"fps\": 0}")
                              << "output_settings.fps";
        QTest::newRow("resolution") << task("text-to-video", prompt, "\"output_settings\": {\"resolution\": \"huge\"}")
                                    << "output_settings.resolution";
    }
    void wrongTasksNameTheField() {
        QFETCH(QByteArray, document);
        QFETCH(QString, named);
        QVERIFY2(taskProblem(document).contains(named), qPrintable(taskProblem(document)));
        write(file("task.json"), document);
        QCOMPARE(run({"task", file("task.json"), "-o", file("task.mp4")}).code, ExitCode::BadInput);
    }

    void aTaskRuns() {
        write(file("good.json"),
              task("image-to-video", "\"prompt\": \"p\", \"image_url\": \"" + resource("lake.png").toUtf8() + "\"",
                   "\"model_id\": \"starter\", \"output_settings\": {\"duration_seconds\": 0.5, \"resolution\": "
                   "\"64x36\", \"fps\": 12}"));
        const Outcome outcome = run({"task", file("good.json"), "-o", file("task.mp4")});
        QVERIFY2(outcome.code == ExitCode::Ok, qPrintable(outcome.err));
        QCOMPARE(timeline::probe(file("task.mp4").toStdString())->video.front().frameCount, std::int64_t(6));
    }

    void demoMakesAProjectThatOpensAgain() {
        const Outcome outcome = run({"demo", "--out", file("demo")});
        QVERIFY2(outcome.code == ExitCode::Ok, qPrintable(outcome.err));
        QCOMPARE(outcome.out.split('\n', Qt::SkipEmptyParts).size(), 3);
        const auto film = timeline::probe(file("demo/demo.mp4").toStdString());
        QVERIFY(film);
        QCOMPARE(film->video.front().codec, std::string("h264"));
        QCOMPARE(film->audio.front().codec, std::string("aac"));
        QCOMPARE(film->audio.front().sampleRate, 48000);
        QVERIFY(!QImage(file("demo/contact-sheet.png")).isNull());
        // Moved as a whole, everything is still there.
        QVERIFY(QDir().rename(file("demo"), file("moved")));
        const auto project = timeline::readOtio(file("moved/demo.otio").toStdString());
        QVERIFY(project);
        int takes = 0;
        for (const timeline::Track& track : project->tracks) {
            for (const timeline::ItemPtr& item : track.items) {
                const timeline::Clip* clip = timeline::asClip(item);
                takes +=
                    clip && timeline::isShot(*clip) && timeline::takeRecord(*timeline::activeReference(*clip)) ? 1 : 0;
            }
        }
        QCOMPARE(takes, 2);
        const Outcome frame = run(
            {"frame", file("moved/demo.otio"), "--at", "00:00:02:00", "-o", file("frame.png"), "--compositor", "cpu"});
        QCOMPARE(frame.code, ExitCode::Ok);
        QVERIFY2(!frame.err.contains("Warning"), qPrintable(frame.err)); // no slate
    }

    void aFrameEqualsTheLosslessRender() {
        const QString project = file("moved/demo.otio");
        QVERIFY(QFile::exists(project));
        QCOMPARE(run({"render", project, "-o", file("part.mkv"), "--range", "40-50", "--compositor", "cpu"}).code,
                 ExitCode::Ok);
        QCOMPARE(run({"frame", project, "--at", "45", "-o", file("45.png"), "--compositor", "cpu"}).code, ExitCode::Ok);
        const auto info = timeline::probe(file("part.mkv").toStdString());
        QVERIFY(info);
        QCOMPARE(info->video.front().frameCount, std::int64_t(10));
        timeline::MediaPool pool;
        const auto rendered =
            pool.pictureAt(file("part.mkv").toStdString(), timeline::RationalTime(5, timeline::FrameRate(24)));
        const auto still = timeline::readStill(file("45.png").toStdString());
        QVERIFY(rendered && still);
        QVERIFY((*rendered)->planes == (*still)->planes);
        QCOMPARE(run({"render", project, "-o", file("x.mp4"), "--range", "50-40"}).code, ExitCode::Usage);
        QCOMPARE(run({"render", "/does/not/exist.otio", "-o", file("x.mp4")}).code, ExitCode::BadInput);
        QCOMPARE(run({"frame", project, "--at", "1", "-o", file("1.exr"), "--compositor", "cpu"}).code, ExitCode::Ok);
        QVERIFY(timeline::probe(file("1.exr").toStdString()));
    }

    void theProgramItselfRuns() {
        QProcess program;
        program.start(qEnvironmentVariable("FANTASCOPE_BIN") + "/fantascope", {"models"});
        QVERIFY(program.waitForFinished(60000));
        QCOMPARE(program.exitCode(), 0);
        QVERIFY(program.readAllStandardOutput().contains("starter"));
        program.start(qEnvironmentVariable("FANTASCOPE_BIN") + "/fantascope", {"--unheard-of"});
        QVERIFY(program.waitForFinished(60000));
        QCOMPARE(program.exitCode(), 1);
    }
};

QTEST_MAIN(TestCommandLine)
#include "TestCommandLine.moc"
