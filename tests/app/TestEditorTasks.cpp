#include "tests/app/EditorBench.h"

#include "app/generation/ShotTake.h"
#include "generation/protocol/FrameFile.h"
#include "timeline/edit/SetRecipe.h"
#include "timeline/edit/Trim.h"
#include "ui/prompt/ContinueShot.h"
#include "ui/prompt/ShotPanel.h"
#include "ui/state/Selection.h"

#include <QAction>
#include <QFile>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace app;
using namespace testing;

/// What the engine can do, as far as the window offers it: takes, extensions, pauses, trying anyway. The worker is the
/// fake one.
class TestEditorTasks : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    QString file(const char* name) const { return m_folder->filePath(QLatin1String(name)); }

    /// What the worker was asked for; a plan names no files.
    QJsonObject maskedRequest() const {
        QJsonObject asked;
        QFile log(file("log"));
        if (log.open(QIODevice::ReadOnly)) {
            for (const QByteArray& line : log.readAll().split('\n')) {
                const QJsonObject request = QJsonDocument::fromJson(line).object();
                asked = QFile::exists(request.value("mask").toString()) ? request : asked;
            }
        }
        return asked;
    }
    generation::FrameSet maskAsked() const {
        return generation::readFrameFile(maskedRequest().value("mask").toString().toStdString());
    }
    static void emptyProject(Bench& bench) {
        bench.child<QAction>("fileNew")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!bench.onlyShot(), kPatience);
    }
    static void insert(Bench& bench, const QString& path, std::int64_t frame) {
        Q_EMIT bench.editor.window().insertRequested({path}, bench.track(timeline::TrackKind::Video).id,
                                                     timeline::RationalTime(frame, bench.film().format.rate));
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        for (const char* variable : {"XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"}) {
            qputenv(variable, file(variable).toLocal8Bit());
        }
        qputenv("FANTASCOPE_WORKER", qgetenv("FANTASCOPE_BIN") + "/fake-worker");
        qputenv("FAKE_WORKER_MODE", "good");
        qputenv("FAKE_WORKER_STEP_MS", "10");
    }

    void theSameSeedAgainIsNoSecondTake() {
        Bench bench; // the demo
        const timeline::ItemId shot = bench.onlyShot()->id;
        timeline::Recipe recipe = *timeline::recipeOf(*timeline::findClip(bench.film(), shot));
        recipe.seed = 7;
        QVERIFY(bench.editor.document().apply("x", timeline::setRecipe(bench.film(), shot, recipe)));
        QSignalSpy finished(&bench.editor.generationQueue(), &GenerationQueue::finished);
        Q_EMIT bench.editor.window().generateRequested(shot, 2); // seeds 7 and 8
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(timeline::takeKeys(*timeline::findClip(bench.film(), shot)).size(), std::size_t(2),
                                  kPatience);
        QCOMPARE(timeline::findClip(bench.film(), shot)->activeKey, std::string("take-2"));
        Q_EMIT bench.editor.window().generateRequested(shot);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 3, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(timeline::findClip(bench.film(), shot)->activeKey, std::string("take-1"), kPatience);
        QCOMPARE(timeline::takeKeys(*timeline::findClip(bench.film(), shot)).size(), std::size_t(2));
        const auto& take =
            std::get<timeline::ExternalReference>(*timeline::activeReference(*timeline::findClip(bench.film(), shot)));
        QVERIFY2(QFile::exists(QString::fromStdString(take.url).remove("file://")), take.url.c_str());
    }

    void anEqualTakeIsUpToDate() {
        Bench bench;
        const timeline::ItemId shot = bench.onlyShot()->id;
        timeline::Recipe recipe = *timeline::recipeOf(*timeline::findClip(bench.film(), shot));
        recipe.seed = 7;
        QVERIFY(bench.editor.document().apply("x", timeline::setRecipe(bench.film(), shot, recipe)));
        QSignalSpy finished(&bench.editor.generationQueue(), &GenerationQueue::finished);
        Q_EMIT bench.editor.window().generateRequested(shot);
        QTRY_COMPARE_WITH_TIMEOUT(timeline::findClip(bench.film(), shot)->activeKey, std::string("take-1"), kPatience);
        // Other words for the same request: nothing is given to this shot that somebody had to keep.
        const auto keyNow = [&] { return chosenTakeContext(*timeline::findClip(bench.film(), shot)); };
        const std::string before = keyNow();
        recipe.keeping = timeline::RecipeKeeping::Model;
        QVERIFY(bench.editor.document().apply("x", timeline::setRecipe(bench.film(), shot, recipe)));
        Q_EMIT bench.editor.window().generateRequested(shot);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(keyNow() != before, kPatience);
        QCOMPARE(timeline::takeKeys(*timeline::findClip(bench.film(), shot)).size(), std::size_t(1));
    }

    void whatAShotTakesIsToldBeforeTheFirstJob() {
        Bench bench;
        const timeline::ItemId shot = bench.onlyShot()->id;
        bench.editor.window().selection().selectOnly(shot);
        auto* plan = bench.child<QLabel>("shotPlan");
        QTRY_VERIFY2_WITH_TIMEOUT(plan->text().contains("42 s"), qPrintable(plan->text()), kPatience);
        timeline::Recipe recipe = *timeline::recipeOf(*timeline::findClip(bench.film(), shot));
        recipe.steps = 9;
        QVERIFY(bench.editor.document().apply("x", timeline::setRecipe(bench.film(), shot, recipe)));
        QTRY_VERIFY2_WITH_TIMEOUT(plan->text().isEmpty(), qPrintable(plan->text()), kPatience);
        QTRY_VERIFY2_WITH_TIMEOUT(plan->text().contains("42 s"), qPrintable(plan->text()), kPatience);
    }

    void aClipIsExtendedWithKeysAndGenerated() {
        qputenv("FAKE_WORKER_LOG", file("log").toLocal8Bit());
        Bench bench;
        emptyProject(bench);
        insert(bench, demoFile("boat.mp4"), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!bench.track(timeline::TrackKind::Video).items.empty(), kPatience);
        const timeline::TrackId video = bench.track(timeline::TrackKind::Video).id;
        QTest::mouseClick(&bench.canvas(), Qt::LeftButton, {}, bench.at(video, 5));
        QTest::keyClick(&bench.canvas(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(bench.onlyShot());
        QCOMPARE(bench.child<QPushButton>("generateButton")->text(), QString("Extend"));
        QVERIFY2(bench.child<QLabel>("shotNote")->text().contains("starter"),
                 qPrintable(bench.child<QLabel>("shotNote")->text()));
        QTest::mouseClick(bench.child<QPushButton>("generateButton"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(bench.onlyShot()->activeKey, std::string("take-1"), kPatience);
        QFile log(file("log"));
        QVERIFY(log.open(QIODevice::ReadOnly));
        const QByteArray asked = log.readAll();
        QVERIFY2(asked.contains("\"known\"") && asked.contains("\"keeping\":\"blend\""), asked.constData());
        qunsetenv("FAKE_WORKER_LOG");
    }

    /// White on the left for the first half second of the shot: the rest of the clip is kept.
    void aMaskOnATrackOfItsOwnIsPaintedIn() {
        QImage half(64, 36, QImage::Format_RGB888);
        half.fill(Qt::black);
        for (int y = 0; y < half.height(); ++y) {
            for (int x = 0; x < half.width() / 2; ++x) {
                half.setPixelColor(x, y, Qt::white);
            }
        }
        QVERIFY(half.save(file("half.png")));
        qputenv("FAKE_WORKER_LOG", file("log").toLocal8Bit());
        Bench bench;
        emptyProject(bench);
        insert(bench, demoFile("boat.mp4"), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!bench.track(timeline::TrackKind::Video).items.empty(), kPatience);
        bench.child<QAction>("trackAddMask")->trigger();
        const timeline::TrackId lane = bench.track(timeline::TrackKind::Mask).id;
        Q_EMIT bench.editor.window().insertRequested({file("half.png")}, lane, {});
        QTRY_VERIFY_WITH_TIMEOUT(!bench.track(timeline::TrackKind::Mask).items.empty(), kPatience);
        const timeline::ItemId mask = timeline::itemId(*bench.track(timeline::TrackKind::Mask).items.front());
        const timeline::FrameRate rate = bench.film().format.rate;
        QVERIFY(bench.editor.document().apply("x",
                                              timeline::trimTail(bench.film(), mask, timeline::RationalTime(6, rate))));
        const timeline::ItemId base = timeline::itemId(*bench.track(timeline::TrackKind::Video).items.front());
        bench.editor.window().selection().selectOnly(base);
        QTest::mouseClick(bench.child<QPushButton>("newShotButton"), Qt::LeftButton);
        QVERIFY(bench.onlyShot());
        QCOMPARE(bench.child<QPushButton>("generateButton")->text(), QString("Inpaint"));
        QVERIFY(bench.child<QWidget>("baseView")->accessibleName().contains("Masked"));
        QTest::mouseClick(bench.child<QPushButton>("generateButton"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(bench.onlyShot()->activeKey, std::string("take-1"), kPatience);
        const QJsonObject asked = maskedRequest();
        QVERIFY(!asked.value("base").toString().isEmpty());
        QCOMPARE(asked.value("control").toString("none"), QString("none"));
        const auto set = maskAsked();
        QCOMPARE(set.frames, asked.value("frames").toInteger());
        QCOMPARE(set.fpsNumerator, std::int64_t(12)); // by its rate the worker finds the frame of a moment
        const auto brightness = [&](std::int64_t frame, int x) {
            const auto pixel = (frame * set.height + set.height / 2) * set.width + x;
            return set.samples[static_cast<std::size_t>(3 * pixel)];
        };
        QVERIFY(brightness(0, set.width / 4) > 60'000);
        QVERIFY(brightness(0, 3 * set.width / 4) < 1000);
        QVERIFY(brightness(set.frames - 1, set.width / 4) < 1000); // the mask is over
        qunsetenv("FAKE_WORKER_LOG");
    }

    /// Black over film is kept; where the film is over there is nothing to keep.
    void aMaskKeepsNothingWhereNothingLies() {
        QImage black(64, 36, QImage::Format_RGB888);
        black.fill(Qt::black);
        QVERIFY(black.save(file("black.png")));
        qputenv("FAKE_WORKER_LOG", file("log").toLocal8Bit());
        Bench bench;
        emptyProject(bench);
        insert(bench, demoFile("boat.mp4"), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!bench.track(timeline::TrackKind::Video).items.empty(), kPatience);
        bench.child<QAction>("trackAddMask")->trigger();
        Q_EMIT bench.editor.window().insertRequested({file("black.png")}, bench.track(timeline::TrackKind::Mask).id,
                                                     {});
        QTRY_VERIFY_WITH_TIMEOUT(!bench.track(timeline::TrackKind::Mask).items.empty(), kPatience);
        const timeline::ItemId base = timeline::itemId(*bench.track(timeline::TrackKind::Video).items.front());
        bench.editor.window().selection().selectOnly(base);
        QTest::mouseClick(bench.child<QPushButton>("newShotButton"), Qt::LeftButton);
        QVERIFY(bench.onlyShot());
        const timeline::FrameRate rate = bench.film().format.rate;
        QVERIFY(bench.editor.document().apply(
            "x", timeline::trimTail(bench.film(), base, timeline::RationalTime(24, rate))));
        QTest::mouseClick(bench.child<QPushButton>("generateButton"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(bench.onlyShot()->activeKey, std::string("take-1"), kPatience);
        const auto set = maskAsked();
        QCOMPARE(set.samples.front(), 0);
        QCOMPARE(set.samples.back(), 65535);
        qunsetenv("FAKE_WORKER_LOG");
    }

    void aRetakeIsCalledOne() {
        Bench bench;
        emptyProject(bench);
        insert(bench, demoFile("boat.mp4"), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!bench.track(timeline::TrackKind::Video).items.empty(), kPatience);
        const auto clip = timeline::asClip(bench.track(timeline::TrackKind::Video).items.front())->id;
        const timeline::FrameRate rate = bench.film().format.rate;
        const auto made =
            ui::retakePart(bench.film(), clip, {timeline::RationalTime(8, rate), timeline::RationalTime(8, rate)},
                           bench.editor.window().shotPanel().model());
        QVERIFY2(made.made, qPrintable(made.problem));
        QVERIFY(bench.editor.document().apply("x", made.made->timeline));
        Q_EMIT bench.editor.window().generateRequested(made.made->shot);
        QTRY_VERIFY_WITH_TIMEOUT(!bench.editor.jobs().jobs().empty(), kPatience);
        QVERIFY2(bench.editor.jobs().jobs().front().title.startsWith("Retake"),
                 qPrintable(bench.editor.jobs().jobs().front().title));
    }

    void aRunningJobIsPausedAndGoesOn() {
        qputenv("FAKE_WORKER_STEP_MS", "100");
        Bench bench;
        const timeline::ItemId shot = bench.onlyShot()->id;
        QSignalSpy previews(&bench.editor.generationQueue(), &GenerationQueue::previewArrived);
        Q_EMIT bench.editor.window().generateRequested(shot);
        QTRY_VERIFY_WITH_TIMEOUT(previews.count() > 0, kPatience);
        QTest::mouseClick(bench.child<QAbstractButton>("pauseJob"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(bench.editor.jobs().jobs().front().phase, ui::JobPhase::Paused, kPatience);
        QCOMPARE(bench.child<QAbstractButton>("pauseJob")->accessibleName(), QString("Go on with the paused jobs"));
        QTest::mouseClick(bench.child<QAbstractButton>("pauseJob"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(timeline::findClip(bench.film(), shot)->activeKey, std::string("take-1"), kPatience);
    }

    void whatDoesNotFitIsTriedAnywayOnlyWhenAskedTo() {
        qputenv("FAKE_WORKER_MODE", "needs-memory");
        Bench bench;
        const timeline::ItemId shot = bench.onlyShot()->id;
        QSignalSpy failed(&bench.editor.generationQueue(), &GenerationQueue::failed);
        Q_EMIT bench.editor.window().generateRequested(shot);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kPatience);
        QVERIFY(bench.child<QLabel>("errorText")->text().contains("needs 13.2 GB"));
        auto* list = bench.child<QListView>("jobListView");
        auto* anyway = bench.child<QAbstractButton>("tryAnyway");
        QVERIFY(!anyway->isVisible());
        list->setCurrentIndex(list->model()->index(0, 0));
        QVERIFY(anyway->isVisible());
        QTest::mouseClick(anyway, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(timeline::findClip(bench.film(), shot)->activeKey, std::string("take-1"), kPatience);
    }
};

QTEST_MAIN(TestEditorTasks)
#include "TestEditorTasks.moc"
