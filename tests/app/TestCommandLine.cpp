#include "app/cli/Interrupt.h"
#include "app/cli/StillNames.h"
#include "tests/app/RunCommand.h"
#include "timeline/io/OtioReader.h"
#include "timeline/io/OtioWriter.h"
#include "timeline/media/MediaPool.h"
#include "timeline/media/Probe.h"
#include "timeline/media/StillReader.h"
#include "timeline/model/MakeClip.h"
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

#include <csignal>

using namespace app::cli;

namespace {

/// A film of ten minutes without media: nothing renders it before a signal comes.
void writeLongProject(const QString& path) {
    timeline::Timeline film;
    timeline::Track track = timeline::makeTrack(timeline::TrackKind::Video, "V1");
    track.items = {timeline::makeItem(timeline::makeColorClip("#c04010", {14400, film.format.rate}))};
    film.tracks = {track};
    QVERIFY(timeline::writeOtio(film, path.toStdString()));
}

void writeProjectOf(const std::string& url, const QString& path) {
    timeline::Timeline film;
    film.format.width = 64;
    film.format.height = 36;
    timeline::ExternalReference medium;
    medium.url = url;
    timeline::Track track = timeline::makeTrack(timeline::TrackKind::Video, "V1");
    track.items = {timeline::makeItem(timeline::makeMediaClip(
        medium, {timeline::RationalTime(0, film.format.rate), timeline::RationalTime(4, film.format.rate)}))};
    film.tracks = {track};
    QVERIFY(timeline::writeOtio(film, path.toStdString()));
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
            const QString usage = "Usage: fantascope " + command->name() + " [options] " + command->argumentNames();
            QCOMPARE(outcome.out.section('\n', 0, 0), usage.trimmed());
            QVERIFY2(outcome.out.contains("--json") && outcome.out.contains("Exit codes:"), qPrintable(outcome.out));
            QVERIFY(run({"--help"}).out.contains(command->name()));
        }
    }

    void theUsageLineNamesTheArguments() {
        QVERIFY(run({"render", "--help"}).out.startsWith("Usage: fantascope render [options] FILE.otio\n"));
        QVERIFY(run({"probe", "--help"}).out.startsWith("Usage: fantascope probe [options] FILE...\n"));
    }

    void whatIsNoProjectOpensNoWindow() {
        QVERIFY(!isCommandLine({}));
        QVERIFY(!isCommandLine({"film.otio"})); // the window says that it is not there
        write(file("note.txt"), "no film");
        QVERIFY(!isCommandLine({file("note.txt")}));
        QVERIFY(isCommandLine({"models"}));
        QVERIFY(isCommandLine({"rendr"}));
        QVERIFY(isCommandLine({"film.otio", "-o", "x.mp4"}));
        QVERIFY(run({"rendr", "film.otio"}).err.contains("rendr"));
        const Outcome two = run({"film.otio", "other.otio"});
        QCOMPARE(two.code, ExitCode::Usage);
        QVERIFY2(two.err.contains("other.otio"), qPrintable(two.err));
        QCOMPARE(run({"models", "twice"}).code, ExitCode::Usage);
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
        QTest::newRow("control") << QStringList{"--prompt", "x", "-o", "a.mp4", "--control", "dreams"} << "--control";
        QTest::newRow("seed") << QStringList{"--prompt", "x", "-o", "a.mp4", "--seed", "seven"} << "--seed";
        QTest::newRow("both lengths") << QStringList{"--prompt", "x", "-o", "a.mp4", "--frames", "3", "--duration", "1"}
                                      << "--duration";
        QTest::newRow("both bases") << QStringList{"--base", "x", "--image", "y", "-o", "a.mp4"} << "--image";
        QTest::newRow("control of nothing")
            << QStringList{"--prompt", "x", "-o", "a.mp4", "--control", "edges"} << "--base";
        QTest::newRow("strength of nothing")
            << QStringList{"--image", "x.png", "-o", "a.mp4", "--strength", "0.5"} << "--base";
        QTest::newRow("strength that is not used")
            << QStringList{"--base", "x", "-o", "a.mp4", "--control", "luma", "--strength", "0.5"} << "--strength";
        QTest::newRow("strength beside a style")
            << QStringList{"--base", "x", "--style", "y", "-o", "a.mp4", "--strength", "0.5"} << "--strength";
        QTest::newRow("twice") << QStringList{"--prompt", "x", "--prompt", "y", "-o", "a.mp4"} << "--prompt";
        QTest::newRow("two numbers") << QStringList{"--prompt", "x", "-o", "a%d.%d.png"} << "a%d.%d.png";
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

    void namesWithPercentSignsAreKept() {
        QVERIFY(QFile::copy(resource("boat.mp4"), file("100%1 done %2.mp4")));
        const QString said = run({"probe", file("100%1 done %2.mp4")}).out;
        QVERIFY2(said.startsWith(file("100%1 done %2.mp4") + ": video"), qPrintable(said));
        QVERIFY(!said.contains("%4"));
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

    void namesOfPicturesAreTakenAsTheyAre() {
        QCOMPARE(StillNames::from("out/a%s%n.%03d.png")->file(7), QString("out/a%s%n.007.png"));
        QCOMPARE(StillNames::from("out/shot.png")->file(12), QString("out/shot.0012.png"));
        QCOMPARE(StillNames::from("a%s%s%n/")->file(1), QString("a%s%s%n/frame.0001.png"));
        QVERIFY(!StillNames::from("a.mp4"));
        QVERIFY(!StillNames::from("%d-%d.png"));
        QCOMPARE(outputOfTake("film.mp4", 2), QString("film-2.mp4"));
        QCOMPARE(outputOfTake("dir/", 2), QString("dir-2/"));
        QCOMPARE(outputOfTake("x/shot.%04d.png", 2), QString("x/shot-2.%04d.png"));
        QCOMPARE(outputOfTake("x/shot.png", 2), QString("x/shot-2.png"));
        QVERIFY(QDir().mkpath(file("100%done")));
        const Outcome outcome = run({"generate", "--prompt", "x", "--frames", "2", "-o", file("100%done/a%s%n/")});
        QVERIFY2(outcome.code == ExitCode::Ok, qPrintable(outcome.err));
        QCOMPARE(QDir(file("100%done/a%s%n")).entryList(QDir::Files).size(), 2);
    }

    void takesGetFoldersOfTheirOwn() {
        const Outcome outcome =
            run({"generate", "--prompt", "x", "--frames", "1", "--takes", "2", "-o", file("takes/")});
        QVERIFY2(outcome.code == ExitCode::Ok, qPrintable(outcome.err));
        QVERIFY(QFile::exists(file("takes-1/frame.0001.png")) && QFile::exists(file("takes-2/frame.0001.png")));
        QVERIFY(!QFile::exists(file("takes"))); // asking makes no folder
    }

    void whatAShotIsMadeOfIsKept() {
        QVERIFY(QFile::copy(resource("boat.mp4"), file("base.mp4")));
        QVERIFY(QFile::copy(resource("lake.png"), file("still.0001.png")));
        const qint64 size = QFileInfo(file("base.mp4")).size();
        const Outcome film = run({"generate", "--base", file("base.mp4"), "--frames", "2", "-o", file("base.mp4")});
        QCOMPARE(film.code, ExitCode::Usage);
        QVERIFY2(film.err.contains("base.mp4"), qPrintable(film.err));
        QCOMPARE(QFileInfo(file("base.mp4")).size(), size);
        QCOMPARE(run({"generate", "--image", file("still.0001.png"), "--frames", "2", "-o", file("still.png")}).code,
                 ExitCode::Usage);
    }

    void noControlIsNoControl() {
        const auto key = [&](const QStringList& options) {
            const Outcome outcome = run(QStringList{"generate", "--json", "--base", resource("boat.mp4"), "--frames",
                                                    "2", "--seed", "5", "-o", file("key.mkv")} +
                                        options);
            return outcome.json().array().first().toObject().value("requestKey").toString();
        };
        const QString luma = key({"--control", "luma"});
        QVERIFY(!luma.isEmpty());
        QCOMPARE(key({}), luma);
        QVERIFY(key({"--control", "none", "--strength", "1"}) != luma);
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

    void theProgramHearsCtrlC_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("signal");
        const QString out = file("interrupted/out.mp4");
        QTest::newRow("generate") << QStringList{"generate", "--prompt", "heard", "-o", out} << SIGINT;
        QTest::newRow("timeout's") << QStringList{"generate", "--prompt", "heard too", "-o", out} << SIGTERM;
        QTest::newRow("render") << QStringList{"render", file("long.otio"), "-o", out, "--compositor", "cpu"} << SIGINT;
    }
    void theProgramHearsCtrlC() {
        QFETCH(QStringList, arguments);
        QFETCH(int, signal);
        writeLongProject(file("long.otio"));
        QVERIFY(QDir().mkpath(file("interrupted/tmp")));
        qputenv("FAKE_WORKER_MODE", "hang");
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("TMPDIR", file("interrupted/tmp"));
        environment.insert("XDG_RUNTIME_DIR", m_folder.path());
        program.setProcessEnvironment(environment);
        program.start(qEnvironmentVariable("FANTASCOPE_BIN") + "/fantascope", arguments);
        program.setReadChannel(QProcess::StandardError);
        QByteArray said;
        while (!said.contains("Step") && !said.contains("Exporting") && program.waitForReadyRead(60000)) {
            said += program.readAll();
        }
        QCOMPARE(::kill(static_cast<pid_t>(program.processId()), signal), 0);
        QVERIFY(program.waitForFinished(60000));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 5);
        const auto everything = QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden;
        QCOMPARE(QDir(file("interrupted")).entryList(everything), QStringList{"tmp"});
        QCOMPARE(QDir(file("interrupted/tmp")).entryList(everything), QStringList());
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
        for (const QStringList& past : {QStringList{"render", project, "-o", file("x.mp4"), "--range", "40-5000"},
                                        QStringList{"frame", project, "--at", "5000", "-o", file("x.png")}}) {
            const Outcome outcome = run(past);
            QCOMPARE(outcome.code, ExitCode::Usage);
            QVERIFY2(outcome.err.contains("00:00:0"), qPrintable(outcome.err)); // how long the film is
        }
        QCOMPARE(run({"render", project, "-o", file("moved/demo.media/boat.mp4"), "--range", "0-5"}).code,
                 ExitCode::Usage);
        QCOMPARE(run({"frame", project, "--at", "1", "-o", file("moved/demo.media/style-watercolor.png")}).code,
                 ExitCode::Usage);
        QVERIFY(timeline::probe(file("moved/demo.media/boat.mp4").toStdString())->video.front().frameCount > 5);
        QCOMPARE(run({"render", "/does/not/exist.otio", "-o", file("x.mp4")}).code, ExitCode::BadInput);
        QCOMPARE(run({"frame", project, "--at", "1", "-o", file("1.exr"), "--compositor", "cpu"}).code, ExitCode::Ok);
        QVERIFY(timeline::probe(file("1.exr").toStdString()));
    }

    void missingMediaIsToldByTheExitCode() {
        writeProjectOf("/does/not/exist.mp4", file("missing.otio"));
        const Outcome film =
            run({"render", file("missing.otio"), "-o", file("missing.mkv"), "--json", "--compositor", "cpu"});
        QCOMPARE(film.code, ExitCode::Incomplete);
        const QJsonObject problem = film.json().object().value("problems").toArray().first().toObject();
        QCOMPARE(problem.value("error").toString(), QString("FileNotFound"));
        QVERIFY(problem.value("message").toString().contains("exist.mp4"));
        QVERIFY(QFile::exists(file("missing.mkv")));
        QCOMPARE(
            run({"frame", file("missing.otio"), "--at", "1", "-o", file("missing.png"), "--compositor", "cpu"}).code,
            ExitCode::Incomplete);
    }

    void whatCannotRunIsRefusedInWords() {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
            environment.remove(variable);
        }
        program.setProcessEnvironment(environment);
        program.start(qEnvironmentVariable("FANTASCOPE_BIN") + "/fantascope", {"film.otio"});
        QVERIFY(program.waitForFinished(60000));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 1);
        QVERIFY(program.readAllStandardError().contains("display"));
        // QProcess cannot pass what is no text.
        program.start("/bin/sh", {"-c", "exec \"$FANTASCOPE_BIN/fantascope\" probe \"$(printf 'bad\\377.mp4')\""});
        QVERIFY(program.waitForFinished(60000));
        QCOMPARE(program.exitCode(), 1);
        QVERIFY(program.readAllStandardError().contains("UTF-8"));
    }

    void theProgramItselfRuns() {
        QProcess program;
        program.start(qEnvironmentVariable("FANTASCOPE_BIN") + "/fantascope", {"models"});
        QVERIFY(program.waitForFinished(60000));
        QCOMPARE(program.exitCode(), 0);
        QVERIFY(program.readAllStandardOutput().contains("starter"));
        program.start(qEnvironmentVariable("FANTASCOPE_BIN") + "/fantascope", {"rendr", "film.otio"});
        QVERIFY(program.waitForFinished(60000));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 1);
        program.start(qEnvironmentVariable("FANTASCOPE_BIN") + "/fantascope", {"--unheard-of"});
        QVERIFY(program.waitForFinished(60000));
        QCOMPARE(program.exitCode(), 1);
    }
};

QTEST_MAIN(TestCommandLine)
#include "TestCommandLine.moc"
