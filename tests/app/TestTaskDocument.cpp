#include "app/cli/TaskDocument.h"
#include "tests/app/RunCommand.h"
#include "timeline/media/Probe.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace app::cli;

namespace {

QString taskProblem(const QByteArray& document) {
    const auto task = readTask(document, "/tasks");
    const auto* problem = std::get_if<TaskProblem>(&task);
    return problem ? problem->text : QString();
}

QByteArray task(const QByteArray& type, const QByteArray& input, const QByteArray& rest = {}) {
    return "{\"task_type\": \"" + type + "\", \"input\": {" + input + "}" + (rest.isEmpty() ? "" : ", " + rest) + "}";
}

} // namespace

/// Task documents, as they are read and as they run with the fake worker.
class TestTaskDocument : public QObject {
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

    void tasksAreRead() {
        const auto read =
            readTask(task("video-to-video",
                          "\"prompt\": \"p\", \"video_url\": \"in/a.mp4\", \"style_image_url\": \"file:///b%20c.png\"",
                          "\"model_id\": \"m\", \"output_settings\": {\"duration_seconds\": 2.5, \"resolution\": "
                          "\"720p\", \"fps\": 23.976}"),
                     "/tasks");
        const auto* document = std::get_if<TaskDocument>(&read);
        QVERIFY(document && document->ignored.isEmpty());
        const Sketch* sketch = &document->sketch;
        QCOMPARE(sketch->base, QString("/tasks/in/a.mp4"));
        QCOMPARE(sketch->styles, QStringList{"/b c.png"});
        QCOMPARE(sketch->model, QString("m"));
        QCOMPARE(sketch->width, std::optional(1280));
        QCOMPARE(sketch->seconds, std::optional(2.5));
        QVERIFY(sketch->rate == timeline::FrameRate(24000, 1001));
    }

    void everyKindOfTaskIsRead() {
        const auto sketchOf = [](const QByteArray& document) {
            const auto read = readTask(document, "/tasks");
            const auto* found = std::get_if<TaskDocument>(&read);
            if (!found) {
                qWarning("%s", qPrintable(taskProblem(document)));
            }
            return found && found->ignored.isEmpty() ? found->sketch : Sketch{};
        };
        const QByteArray prompt = "\"prompt\": \"p\"";
        QCOMPARE(sketchOf(task("extend-video", prompt + ", \"before_video_url\": \"a.mp4\"")).before,
                 QString("/tasks/a.mp4"));
        QCOMPARE(sketchOf(task("bridge-videos",
                               prompt + ", \"before_video_url\": \"a.mp4\", \"after_video_url\": \"b.mp4\""))
                     .after,
                 QString("/tasks/b.mp4"));
        QVERIFY(sketchOf(task("retake-video", prompt + ", \"video_url\": \"a.mp4\", \"retake\": \"3-9\"")).retake ==
                (generation::FrameRange{3, 9}));
        QCOMPARE(sketchOf(task("inpaint-video", prompt + ", \"video_url\": \"a.mp4\", \"mask_url\": \"m.png\"")).mask,
                 QString("/tasks/m.png"));
        QVERIFY(sketchOf(task("outpaint-video", prompt + ", \"video_url\": \"a.mp4\", \"place\": \"64x36+32+18\""))
                    .placement.has_value());
        const Sketch still =
            sketchOf(task("image-to-video", prompt + ", \"image_url\": \"a.png\", \"last_image_url\": \"b.png\", "
                                                     "\"known_images\": [{\"frame\": 7, \"image_url\": \"c.png\"}], "
                                                     "\"prompts\": [{\"at_seconds\": 1, \"prompt\": \"later\"}]"));
        QCOMPARE(still.last, QString("/tasks/b.png"));
        QCOMPARE(still.known.front().frame, std::int64_t(7));
        QCOMPARE(still.laterPrompts.front().text, QString("later"));
    }

    void settingsAreThoseOfGenerate() {
        const auto read =
            readTask(task("text-to-video", "\"prompt\": \"p\"",
                          "\"settings\": {\"seed\": 7, \"steps\": 4, \"sampler\": \"unipc\", \"zero_star\": true, "
                          "\"guidance_to\": 0.5, \"step_cache\": \"easy\", \"window\": 0, \"keep\": \"blend\", "
                          "\"lora\": [\"a.safetensors=0.5\", \"b.safetensors\"], \"strange\": 1}, "
                          "\"output_settings\": {\"takes\": 3}"),
                     "/tasks");
        const auto* document = std::get_if<TaskDocument>(&read);
        QVERIFY(document);
        const Sketch& sketch = document->sketch;
        QCOMPARE(sketch.seed, std::optional<std::uint64_t>(7));
        QCOMPARE(sketch.sampler, std::string("unipc"));
        QVERIFY(sketch.tuning.zeroStar && sketch.tuning.guidanceTo == 0.5 && sketch.tuning.windowFrames == 0);
        QVERIFY(sketch.keeping == timeline::RecipeKeeping::Blend);
        QCOMPARE(sketch.loras.size(), std::size_t(2));
        QCOMPARE(sketch.loras.front().points.front().strength, 0.5);
        QCOMPARE(sketch.takes, 3);
        QCOMPARE(document->ignored, QStringList{"settings.strange"});
    }

    void lorasLieBesideTheDocument() {
        QVERIFY(QDir().mkpath(file("tasks/loras")));
        write(file("tasks/loras/look.safetensors"), "weights");
        const auto read = readTask(task("text-to-video", "\"prompt\": \"p\"",
                                        "\"settings\": {\"lora\": [\"loras/look.safetensors=0.5\", "
                                        "\"known.safetensors\", \"file:///b%20c.safetensors\"]}"),
                                   file("tasks"));
        QVERIFY(std::holds_alternative<TaskDocument>(read));
        const auto& loras = std::get<TaskDocument>(read).sketch.loras;
        QCOMPARE(loras.size(), std::size_t(3));
        QCOMPARE(QString::fromStdString(loras[0].file), file("tasks/loras/look.safetensors"));
        QCOMPARE(loras[1].file, std::string("known.safetensors")); // for the loras folders
        QCOMPARE(loras[2].file, std::string("/b c.safetensors"));
    }

    void nullIsAbsentAndUnknownFieldsAreTold() {
        const QByteArray document =
            task("text-to-video", "\"prompt\": \"p\", \"image_url\": null, \"style_url\": \"a.png\"",
                 "\"model_id\": null, \"output_settings\": {\"fps\": null, \"resolution\": \"64x36\", \"bitrate\": 3, "
                 "\"duration_seconds\": 0.1}");
        const auto read = readTask(document, "/tasks");
        QVERIFY2(std::holds_alternative<TaskDocument>(read), qPrintable(taskProblem(document)));
        QCOMPARE(std::get<TaskDocument>(read).ignored, (QStringList{"input.style_url", "output_settings.bitrate"}));
        write(file("unknown.json"), document);
        const Outcome outcome = run({"task", file("unknown.json"), "-o", file("unknown.mp4")});
        QCOMPARE(outcome.code, ExitCode::Ok);
        QVERIFY2(outcome.err.contains("input.style_url"), qPrintable(outcome.err));
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
        QTest::newRow("extend nothing") << task("extend-video", prompt) << "before_video_url";
        QTest::newRow("bridge to nothing")
            << task("bridge-videos", prompt + ", \"before_video_url\": \"a.mp4\"") << "after_video_url";
        QTest::newRow("retake of nothing") << task("retake-video", prompt) << "input.video_url";
        QTest::newRow("retake of all") << task("retake-video", prompt + ", \"video_url\": \"a.mp4\"") << "input.retake";
        QTest::newRow("no mask") << task("inpaint-video", prompt + ", \"video_url\": \"a.mp4\"") << "input.mask_url";
        QTest::newRow("mask does not belong")
            << task("text-to-video", prompt + ", \"mask_url\": \"a.png\"") << "input.mask_url";
        QTest::newRow("sampler") << task("text-to-video", prompt, "\"settings\": {\"sampler\": \"dream\"}")
                                 << "settings.sampler";
        QTest::newRow("steps") << task("text-to-video", prompt, "\"settings\": {\"steps\": 2.5}") << "settings.steps";
        QTest::newRow("flag") << task("text-to-video", prompt, "\"settings\": {\"zero_star\": 1}")
                              << "settings.zero_star";
        QTest::newRow("lora of a network")
            << task("text-to-video", prompt, "\"settings\": {\"lora\": \"https://example.org/a.safetensors\"}")
            << "settings.lora";
        QTest::newRow("strength without effect") << task("video-to-video", prompt + ", \"video_url\": \"a.mp4\"",
                                                         "\"settings\": {\"strength\": 0.5, \"control\": \"luma\"}")
                                                 << "settings.strength";
        QTest::newRow("control of nothing")
            << task("text-to-video", prompt, "\"settings\": {\"control\": \"luma\"}") << "settings.control";
        QTest::newRow("zero_init alone") << task("text-to-video", prompt, "\"settings\": {\"zero_init\": 0.1}")
                                         << "settings.zero_init";
        QTest::newRow("context of nothing")
            << task("text-to-video", prompt, "\"settings\": {\"context\": 1}") << "settings.context";
        QTest::newRow("lora") << task("text-to-video", prompt, "\"settings\": {\"lora\": [3]}") << "settings.lora";
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
};

QTEST_MAIN(TestTaskDocument)
#include "TestTaskDocument.moc"
