#include "app/cli/ReadSettings.h"
#include "app/models/DescribeModels.h"
#include "generation/protocol/FrameFile.h"
#include "tests/app/RunCommand.h"
#include "timeline/media/Probe.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace app::cli;

/// What `generate` and `task` ask of the worker: the fake one keeps a log.
class TestGenerateCommand : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_number = 0;

    QString file(const QString& name) const { return m_folder.filePath(name); }

    /// The command as it ran, with its result in a new file; and the last request that the worker got.
    Outcome generate(const QStringList& options) {
        QFile::remove(file("log"));
        return run(QStringList{"generate", "--size", "64x36", "--seed", QString::number(++m_number), "-o",
                               file("out%1.mkv").arg(m_number)} +
                   options);
    }
    QJsonObject asked() const {
        QFile log(file("log"));
        return log.open(QIODevice::ReadOnly)
                   ? QJsonDocument::fromJson(log.readAll().trimmed().split('\n').last()).object()
                   : QJsonObject();
    }
    std::int64_t framesWritten() const {
        const auto info = timeline::probe(file("out%1.mkv").arg(m_number).toStdString());
        return info ? info->video.front().frameCount : -1;
    }
    static QJsonArray knownOf(const QJsonObject& request) {
        QJsonArray places;
        for (const QJsonValue& span : request.value("known").toArray()) {
            places.append(QJsonArray{span.toObject().value("frame"), span.toObject().value("frames")});
        }
        return places;
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_CACHE_HOME", file("cache").toLocal8Bit());
        qputenv("XDG_DATA_HOME", file("data").toLocal8Bit());
        qputenv("XDG_CONFIG_HOME", file("config").toLocal8Bit());
        qputenv("FANTASCOPE_WORKER", qgetenv("FANTASCOPE_BIN") + "/fake-worker");
        qputenv("FAKE_WORKER_LOG", file("log").toLocal8Bit());
        write(file("data/fantascope/models/loras/look.safetensors"), "weights");
    }
    void cleanup() { qunsetenv("FAKE_WORKER_MODE"); }

    void settingsReachTheWorker() {
        const Outcome outcome = generate({"--prompt",
                                          "x",
                                          "--frames",
                                          "4",
                                          "--steps",
                                          "3",
                                          "--sampler",
                                          "unipc",
                                          "--shift",
                                          "5",
                                          "--guidance",
                                          "4",
                                          "--guidance-from",
                                          "0.1",
                                          "--guidance-to",
                                          "0.9",
                                          "--zero-star",
                                          "--zero-init",
                                          "0.04",
                                          "--step-cache",
                                          "first-block",
                                          "--window",
                                          "17",
                                          "--overlap",
                                          "8",
                                          "--try-anyway",
                                          "--lora",
                                          "look.safetensors=1@0,0.25@1"});
        QVERIFY2(outcome.code == ExitCode::Ok, qPrintable(outcome.err));
        const QJsonObject request = asked();
        QCOMPARE(request.value("sampler").toString(), QString("unipc"));
        QCOMPARE(request.value("steps").toInt(), 3);
        QCOMPARE(request.value("shift").toDouble(), 5.0);
        QCOMPARE(request.value("guidance_options").toObject(),
                 (QJsonObject{{"zero_star", true}, {"zero_init", 0.04}, {"from", 0.1}, {"to", 0.9}}));
        QCOMPARE(request.value("step_cache").toString(), QString("first-block"));
        QCOMPARE(request.value("windows").toObject(), (QJsonObject{{"frames", 17}, {"overlap", 8}}));
        QVERIFY(request.value("try_anyway").toBool());
        const QJsonObject lora = request.value("loras").toArray().first().toObject();
        QCOMPARE(lora.value("path").toString(), file("data/fantascope/models/loras/look.safetensors"));
        QCOMPARE(lora.value("points").toArray(), (QJsonArray{QJsonObject{{"position", 0.0}, {"strength", 1.0}},
                                                             QJsonObject{{"position", 1.0}, {"strength", 0.25}}}));
        // The model's own values are not said.
        QVERIFY(generate({"--prompt", "x", "--frames", "4"}).code == ExitCode::Ok);
        for (const char* key : {"windows", "guidance_options", "step_cache", "loras", "preset", "known"}) {
            QVERIFY2(!asked().contains(QLatin1String(key)), key);
        }
        QVERIFY(generate({"--prompt", "x", "--frames", "4", "--preset", "lightx2v"}).code == ExitCode::Ok);
        QCOMPARE(asked().value("preset").toString(), QString("lightx2v"));
    }

    void stillsBecomeKnownFrames() {
        const Outcome outcome = generate({"--image", resource("lake.png"), "--last", resource("lake.png"), "--known",
                                          "5=" + resource("lake.png"), "--frames", "12", "--prompt", "x"});
        QVERIFY2(outcome.code == ExitCode::Ok, qPrintable(outcome.err));
        QCOMPARE(knownOf(asked()), (QJsonArray{QJsonArray{0, 1}, QJsonArray{5, 1}, QJsonArray{11, 1}}));
        QCOMPARE(asked().value("keeping").toString(), QString("blend")); // the starter has not learnt it
        QVERIFY2(outcome.err.contains("starter"), qPrintable(outcome.err));
        const Outcome strict =
            generate({"--last", resource("lake.png"), "--frames", "12", "--prompt", "x", "--keep", "model"});
        QCOMPARE(strict.code, ExitCode::BadInput);
        QVERIFY2(strict.err.contains("last frame"), qPrintable(strict.err));
        // One still alone is what it always was.
        QVERIFY(generate({"--image", resource("lake.png"), "--frames", "12"}).code == ExitCode::Ok);
        QVERIFY(!asked().value("first_frame").toString().isEmpty() && knownOf(asked()).isEmpty());
        // At another rate a still may lie between two of the model's frames: it is shown all the same.
        QVERIFY(
            generate({"--known", "5=" + resource("lake.png"), "--frames", "24", "--fps", "24", "--prompt", "x"}).code ==
            ExitCode::Ok);
        QCOMPARE(knownOf(asked()), (QJsonArray{QJsonArray{3, 1}}));
    }

    void stillsAreKeptAlsoWithAStyle() {
        const Outcome outcome = generate(
            {"--last", resource("lake.png"), "--style", resource("lake.png"), "--frames", "12", "--prompt", "x"});
        QVERIFY2(outcome.code == ExitCode::Ok, qPrintable(outcome.err));
        QCOMPARE(knownOf(asked()), (QJsonArray{QJsonArray{11, 1}}));
        QVERIFY2(!asked().contains("base") || asked().value("base").toString().isEmpty(),
                 qPrintable(asked().value("base").toString()));
        QCOMPARE(asked().value("references").toArray().size(), 1);
    }

    void clipsAreExtendedAndBridged() {
        const Outcome forward =
            generate({"--before", resource("boat.mp4"), "--frames", "10", "--prompt", "x", "--context", "0.5"});
        QVERIFY2(forward.code == ExitCode::Ok, qPrintable(forward.err));
        QCOMPARE(knownOf(asked()), (QJsonArray{QJsonArray{0, 6}}));
        QCOMPARE(asked().value("frames").toInt(), 16);
        QCOMPARE(framesWritten(), std::int64_t(10)); // what is new, alone
        QVERIFY(
            generate({"--after", resource("boat.mp4"), "--frames", "10", "--prompt", "x", "--context", "0.5"}).code ==
            ExitCode::Ok);
        QCOMPARE(knownOf(asked()), (QJsonArray{QJsonArray{10, 6}}));
        QVERIFY(generate({"--before", resource("boat.mp4"), "--after", resource("boat.mp4"), "--frames", "10",
                          "--prompt", "x", "--context", "0.5"})
                    .code == ExitCode::Ok);
        QCOMPARE(knownOf(asked()), (QJsonArray{QJsonArray{0, 6}, QJsonArray{16, 6}}));
        QCOMPARE(framesWritten(), std::int64_t(10));
    }

    void aBaseIsKeptInPart() {
        const QStringList base{"--base", resource("boat.mp4"), "--frames", "12", "--prompt", "x"};
        QVERIFY(generate(base + QStringList{"--retake", "4-8"}).code == ExitCode::Ok);
        QCOMPARE(asked().value("retake").toObject(), (QJsonObject{{"first", 4}, {"end", 8}}));
        QVERIFY(!asked().value("base").toString().isEmpty());
        QCOMPARE(asked().value("keeping").toString(), QString("blend")); // the starter has not learnt it
        const Outcome strict = generate(base + QStringList{"--retake", "4-8", "--keep", "model"});
        QCOMPARE(strict.code, ExitCode::BadInput);
        QVERIFY2(strict.err.contains("made anew"), qPrintable(strict.err));
        QVERIFY(generate(base + QStringList{"--mask", resource("lake.png")}).code == ExitCode::Ok);
        QVERIFY(!asked().value("mask").toString().isEmpty());
        QVERIFY(generate(base + QStringList{"--place", "32x18+16+9"}).code == ExitCode::Ok);
        // The film has 64x36 pixels, the take as many as the model makes of that shape.
        const QJsonObject place = asked().value("placement").toObject();
        const double scale = asked().value("width").toInt() / 64.0;
        QCOMPARE(place.value("width").toInt(), qRound(32 * scale));
        QCOMPARE(place.value("x").toInt(), qRound(16 * scale));
    }

    void whatLiesOutsideTheFilmIsRefusedBeforeAnyWork() {
        const QStringList base{"--base", resource("boat.mp4"), "--frames", "12", "--prompt", "x"};
        for (const QStringList& more : {QStringList{"--place", "16000x16000+0+0"}, QStringList{"--place", "32x18+40+0"},
                                        QStringList{"--retake", "4-13"}, QStringList{"--prompt-at", "1.5=night"}}) {
            const Outcome outcome = generate(base + more);
            QCOMPARE(outcome.code, ExitCode::BadInput);
            QVERIFY2(outcome.err.contains("film") || outcome.err.contains("the shot has 12") ||
                         outcome.err.contains("over after"),
                     qPrintable(outcome.err));
            QVERIFY(!QFile::exists(file("log")));
        }
        QCOMPARE(generate(base + QStringList{"--place", "32x18+32+18", "--retake", "4-12"}).code, ExitCode::Ok);
    }

    void aMaskLiesAsTheBaseDoes() {
        QImage white(90, 90, QImage::Format_RGB888);
        white.fill(Qt::white);
        QVERIFY(white.save(file("white.png")));
        const Outcome outcome =
            generate({"--base", resource("boat.mp4"), "--frames", "4", "--prompt", "x", "--mask", file("white.png")});
        QVERIFY2(outcome.code == ExitCode::Ok, qPrintable(outcome.err));
        const auto mask = generation::readFrameFile(asked().value("mask").toString().toStdString());
        QVERIFY(*std::ranges::min_element(mask.samples) > 60'000); // no borders
        QCOMPARE(mask.frames, std::int64_t(1));                    // of a still one stands for all
        QVERIFY(generate(
                    {"--base", resource("boat.mp4"), "--frames", "12", "--prompt", "x", "--mask", resource("city.mp4")})
                    .code == ExitCode::Ok);
        const auto film = generation::readFrameFile(asked().value("mask").toString().toStdString());
        QCOMPARE(film.frames, std::int64_t(12));
        QCOMPARE(film.fpsNumerator, std::int64_t(12));
    }

    void aLoraThatCannotBeReadIsNamed() {
        const QString shorter = "/sys/kernel/uevent_seqnum"; // ends before its size does
        if (QFileInfo(shorter).size() < 100) {
            QSKIP("no such file here");
        }
        const Outcome outcome = generate({"--prompt", "x", "--frames", "4", "--lora", shorter});
        QCOMPARE(outcome.code, ExitCode::BadInput);
        QVERIFY2(outcome.err.contains(shorter), qPrintable(outcome.err));
    }

    void whatTheWorkerNotesIsOnStderr() {
        qputenv("FAKE_WORKER_MODE", "notice");
        const Outcome outcome = generate({"--prompt", "x", "--frames", "4"});
        QCOMPARE(outcome.code, ExitCode::Ok);
        QVERIFY2(outcome.err.contains("Memory ran out"), qPrintable(outcome.err));
    }

    void clipsOfGuidanceAreTakenAsTheyAre() {
        QVERIFY(generate({"--base", resource("boat.mp4"), "--frames", "4", "--control", "depth"}).code ==
                ExitCode::BadInput); // the starter does not know depth, and that is said by name
        QVERIFY(generate({"--base", resource("boat.mp4"), "--frames", "4", "--control", "blur"}).err.contains("focus"));
    }

    void promptsHaveTheirTimes() {
        QVERIFY(
            generate({"--prompt", "day", "--prompt-at", "0.5=night", "--prompt-blend", "2", "--frames", "12"}).code ==
            ExitCode::Ok);
        const QJsonArray prompts = asked().value("prompts").toArray();
        QCOMPARE(prompts.size(), 2);
        QCOMPARE(prompts[0].toObject().value("text").toString(), QString("day"));
        QCOMPARE(prompts[1].toObject().value("text").toString(), QString("night"));
        QCOMPARE(prompts[1].toObject().value("first_frame").toInt(), 6);
        QCOMPARE(asked().value("prompt_blend").toInt(), 2);
    }

    void aMissingLoraIsNamed() {
        const Outcome outcome = generate({"--prompt", "x", "--frames", "4", "--lora", "gone.safetensors"});
        QCOMPARE(outcome.code, ExitCode::BadInput);
        QVERIFY2(outcome.err.contains("gone.safetensors"), qPrintable(outcome.err));
        write(file("own.safetensors"), "weights");
        QVERIFY(generate({"--prompt", "x", "--frames", "4", "--lora", file("own.safetensors") + "=-0.5"}).code ==
                ExitCode::Ok);
        QCOMPARE(asked().value("loras").toArray().first().toObject().value("path").toString(), file("own.safetensors"));
    }

    void plansMakeNothing() {
        const QStringList options{"generate", "--prompt", "x", "--frames", "4", "--plan"};
        const Outcome fits = run(options);
        QVERIFY2(fits.code == ExitCode::Ok, qPrintable(fits.err));
        QVERIFY2(fits.out.contains("2.1 GB") && fits.out.contains("about 42 s"), qPrintable(fits.out));
        qputenv("FAKE_WORKER_MODE", "needs-memory");
        const Outcome large = run(options);
        QVERIFY2(large.out.contains("13.2 GB") && large.out.contains("--try-anyway"), qPrintable(large.out));
        QCOMPARE(run(options + QStringList{"--json"}).json().object().value("fits").toBool(true), false);
        QCOMPARE(generate({"--prompt", "x", "--frames", "4"}).code, ExitCode::Generation);
        QVERIFY(!QFile::exists(file("out%1.mkv").arg(m_number)));
        QCOMPARE(generate({"--prompt", "x", "--frames", "4", "--try-anyway"}).code, ExitCode::Ok);
    }

    void statesAreKeptAndBranchedFrom() {
        const Outcome outcome = generate({"--prompt", "x", "--frames", "4", "--checkpoints", file("states")});
        QVERIFY2(outcome.code == ExitCode::Ok, qPrintable(outcome.err));
        const QString state = file("states/step-0001.safetensors");
        QVERIFY(QFile::exists(state));
        QVERIFY(generate({"--prompt", "y", "--frames", "4", "--branch", state}).code == ExitCode::Ok);
        QCOMPARE(asked().value("branch").toString(), state);
        QCOMPARE(generate({"--prompt", "y", "--frames", "4", "--branch", file("gone")}).code, ExitCode::BadInput);
    }

    void wrongValuesAreNamed_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* option, const char* value) {
            QTest::newRow(option) << QStringList{"--prompt", "x", QString("--") + option, value}
                                  << QString("--") + option;
        };
        row("sampler", "dream");
        row("preset", "magic");
        row("step-cache", "all");
        row("keep", "all");
        row("guidance-from", "2");
        row("zero-init", "0.5");
        row("lora", "=1");
        row("known", "lake.png");
        row("prompt-at", "later");
        row("retake", "9-3");
        row("place", "big");
        row("context", "1");
        row("shift", "0");
        QTest::newRow("mask over a guide")
            << QStringList{"--base", "a.mp4", "--mask", "m.png", "--control", "depth"} << "--control";
        QTest::newRow("mask of nothing") << QStringList{"--prompt", "x", "--mask", "m.png"} << "--base";
        QTest::newRow("backwards") << QStringList{"--prompt", "x", "--guidance-from", "0.8", "--guidance-to", "0.2"}
                                   << "--guidance-to";
        QTest::newRow("between clips over a base") << QStringList{"--base", "a.mp4", "--before", "b.mp4"} << "--before";
        QTest::newRow("between clips, made anew")
            << QStringList{"--base", "a.mp4", "--after", "b.mp4", "--retake", "1-2"} << "--after";
        QTest::newRow("last of a base") << QStringList{"--base", "a.mp4", "--last", "m.png"} << "--last";
        QTest::newRow("strength of a LoRA") << QStringList{"--prompt", "x", "--lora", "a=1@0.5,1@0.2"} << "--lora";
    }
    void wrongValuesAreNamed() {
        QFETCH(QStringList, options);
        QFETCH(QString, named);
        const Outcome outcome = generate(options);
        QCOMPARE(outcome.code, ExitCode::Usage);
        QVERIFY2(outcome.err.contains(named), qPrintable(outcome.err));
    }

    void aModelsFilesDecideWhatIsTheSame() {
        const QString model = file("whole/diffusion_models/wan.safetensors");
        write(model, "weights");
        write(file("whole/odd place/umt5.safetensors"), "words");
        const auto keyOf = [&] {
            const Outcome outcome = run({"generate", "--size", "64x36", "--seed", "1", "--prompt", "x", "--frames", "4",
                                         "--json", "--model", file("whole"), "-o", file("whole.mkv")});
            return outcome.json().array().first().toObject().value("requestKey").toString();
        };
        const QString before = keyOf();
        QVERIFY(!before.isEmpty());
        QCOMPARE(keyOf(), before);
        write(file("whole/odd place/umt5.safetensors"), "other words");
        QVERIFY(keyOf() != before);
    }

    void onlyWhatCanBeUsedIsRemembered() {
        const auto timesAsked = [&] {
            QFile log(file("log"));
            return log.open(QIODevice::ReadOnly) ? log.readAll().count("describe ") : 0;
        };
        QFile::remove(file("log"));
        const QString place = file("asked");
        write(place + "/unet/a.safetensors", "weights");
        qputenv("FAKE_WORKER_MODE", "refuse");
        QVERIFY(!app::describeModels({place}).front().isUsable());
        QVERIFY(!app::rememberedModels(place)); // it is asked again
        qunsetenv("FAKE_WORKER_MODE");
        QVERIFY(app::describeModels({place}).front().isUsable());
        QCOMPARE(timesAsked(), 2);
        QVERIFY(app::rememberedModels(place));
        QVERIFY(app::describeModels({place}).front().isUsable());
        QCOMPARE(timesAsked(), 2);
        write(place + "/unet/a.safetensors", "other weights");
        QVERIFY(!app::rememberedModels(place));
        QVERIFY(app::describeModels({place}).front().isUsable());
        write(place + "/unet/b.safetensors", "more");
        QVERIFY(!app::rememberedModels(place));
        // Another worker may know better.
        QVERIFY(app::describeModels({place}).front().isUsable());
        const QByteArray worker = qgetenv("FANTASCOPE_WORKER");
        QVERIFY(QFile::copy(QString::fromLocal8Bit(worker), file("newer-worker")));
        qputenv("FANTASCOPE_WORKER", file("newer-worker").toLocal8Bit());
        QVERIFY(!app::rememberedModels(place));
        qputenv("FANTASCOPE_WORKER", worker);
        QVERIFY(app::rememberedModels(place));
    }

    void looseModelsAndLorasAreListed() {
        write(file("more/comfy/diffusion_models/wan.safetensors"), "weights");
        write(file("more/comfy/vae/vae.safetensors"), "weights");
        write(file("more/loras/deep/other.safetensors"), "weights");
        const Outcome outcome = run({"models", "--json", "--in", file("more")});
        QVERIFY2(outcome.code == ExitCode::Ok, qPrintable(outcome.err));
        const QJsonArray all = outcome.json().array();
        QCOMPARE(all.size(), 2);
        QCOMPARE(all[0].toObject().value("folder").toString(), file("more/comfy"));
        QCOMPARE(all[0].toObject().value("family").toString(), QString("fake")); // as the worker says
        QCOMPARE(all[1].toObject().value("name").toString(), QString("other.safetensors"));
        // It can be generated with, by its path.
        QVERIFY(generate({"--prompt", "x", "--frames", "4", "--model", file("more/comfy")}).code == ExitCode::Ok);
        QCOMPARE(asked().value("model").toString(), file("more/comfy"));
        QVERIFY(
            generate({"--prompt", "x", "--frames", "4", "--model", file("more/comfy/diffusion_models/wan.safetensors")})
                .code == ExitCode::Ok);
    }
};

QTEST_MAIN(TestGenerateCommand)
#include "TestGenerateCommand.moc"
