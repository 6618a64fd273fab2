#include "tests/app/EditorBench.h"

#include "app/media/BinList.h"
#include "timeline/edit/Lift.h"
#include "timeline/io/OtioReader.h"
#include "timeline/io/OtioWriter.h"
#include "timeline/media/Probe.h"
#include "ui/bin/BinRoles.h"
#include "ui/queue/JobList.h"
#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/state/ShotStates.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QUndoStack>

#include <csignal>

using namespace app;
using namespace testing;

/// The window with everything behind it: real files, real renderer, real queue; the worker is the fake one.
class TestEditor : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    QString file(const char* name) const { return m_folder->filePath(QLatin1String(name)); }

    static void emptyProject(Bench& bench) {
        bench.child<QAction>("fileNew")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!bench.onlyShot(), kPatience);
    }
    static void insert(Bench& bench, const QString& path, std::int64_t frame) {
        Q_EMIT bench.editor.window().insertRequested({path}, bench.track(timeline::TrackKind::Video).id,
                                                     timeline::RationalTime(frame, bench.film().format.rate));
    }
    static void bringBaseClip(Bench& bench) {
        // A base clip: into the bin with the file dialog, onto the timeline with Return.
        bench.answerDialog("importDialog", demoFile("boat.mp4"));
        bench.child<QAction>("fileImport")->trigger();
        auto* list = bench.child<QListView>("mediaList");
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 1, kPatience);
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!bench.track(timeline::TrackKind::Video).items.empty(), kPatience);
        QVERIFY(!bench.track(timeline::TrackKind::Audio).items.empty()); // its sound came along
        QCOMPARE(bench.film().format.width, 1280);
    }
    static void drawPrompt(Bench& bench) {
        // A prompt, drawn and typed.
        bench.child<QAction>("zoomFit")->trigger();
        bench.child<QAction>("toolPromptPen")->trigger();
        const timeline::TrackId prompts = bench.track(timeline::TrackKind::Prompt).id;
        bench.drag(bench.at(prompts, 0), bench.at(prompts, 40));
        auto* box = bench.child<QPlainTextEdit>("promptBox");
        QTest::keyClicks(box, "a painted boat");
        QTest::keyClick(box, Qt::Key_Return);
        const timeline::Clip* prompt = timeline::asClip(bench.track(timeline::TrackKind::Prompt).items.front());
        QVERIFY(prompt);
        bench.child<QAction>("toolSelect")->trigger();
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

    void theDemoOpensAtTheFirstStartOnly() {
        {
            Bench bench;
            QVERIFY(bench.onlyShot());
            QCOMPARE(bench.film().name, std::string("Demo"));
            QVERIFY(!bench.editor.document().isModified());
        }
        Bench again;
        QVERIFY(!again.onlyShot());
    }

    void fromAnEmptyProjectToAnExportedFilm() {
        Bench bench;
        emptyProject(bench);

        bringBaseClip(bench);
        drawPrompt(bench);
        const timeline::TrackId prompts = bench.track(timeline::TrackKind::Prompt).id;

        // A shot under the prompt, over the base clip; generate it.
        QTest::mouseClick(&bench.canvas(), Qt::LeftButton, {}, bench.at(prompts, 10));
        bench.child<QAction>("newShot")->trigger();
        QVERIFY(bench.onlyShot());
        const auto context = timeline::shotContext(bench.film(), bench.onlyShot()->id);
        QCOMPARE(context->prompts.front().prompt.text, std::string("a painted boat"));
        QVERIFY(context->base == timeline::BaseKind::Moving);
        QSignalSpy previews(&bench.editor.generationQueue(), &GenerationQueue::previewArrived);
        QTest::mouseClick(bench.child<QPushButton>("generateButton"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(bench.onlyShot()->activeKey, std::string("take-1"), kPatience);
        QVERIFY(previews.count() > 0);
        const auto record = timeline::takeRecord(*timeline::activeReference(*bench.onlyShot()));
        QVERIFY(record);
        QCOMPARE(record->inputs.front().role, std::string("base"));
        QVERIFY(record->recipe.control == timeline::RecipeControl::Luma);

        // Split, and undo that.
        const std::size_t items = bench.track(timeline::TrackKind::Prompt).items.size();
        QTest::mouseClick(&bench.canvas(), Qt::LeftButton, {}, bench.at(prompts, 10));
        bench.editor.window().playhead().seek(timeline::RationalTime(20, bench.film().format.rate));
        bench.child<QAction>("editSplit")->trigger();
        QCOMPARE(bench.track(timeline::TrackKind::Prompt).items.size(), items + 1);
        bench.editor.window().activateWindow(); // the file dialog took that away
        QVERIFY(QTest::qWaitForWindowActive(&bench.editor.window()));
        QTest::keyClick(&bench.canvas(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(bench.track(timeline::TrackKind::Prompt).items.size(), items);

        // Save: the take goes along, and all of it can be read again.
        bench.answerDialog("saveDialog", file("film.otio"));
        bench.child<QAction>("fileSave")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file("film.otio")), kPatience);
        QVERIFY(!bench.editor.document().isModified());
        const auto saved = timeline::readOtio(file("film.otio").toStdString());
        QVERIFY(saved);
        QCOMPARE(QDir(file("film.media")).entryList(QDir::Files).size(), 1);

        // Export.
        bench.child<QAction>("fileExport")->trigger();
        auto* path = bench.child<QLineEdit>("exportPath");
        path->selectAll();
        QTest::keyClicks(path, file("film.mp4"));
        QTest::mouseClick(bench.child<QPushButton>("exportStart"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file("film.mp4")), 2 * kPatience);
        const auto film = timeline::probe(file("film.mp4").toStdString());
        QVERIFY(film);
        QCOMPARE(film->video.front().frameCount, timeline::timelineDuration(bench.film()).value());
        QVERIFY(film->hasAudio());
    }

    void staleShotsAreFoundAndMadeAgain() {
        Bench bench; // the demo
        for (const timeline::Track& track : bench.film().tracks) {
            for (const timeline::ItemPtr& item : track.items) {
                const timeline::Clip* clip = timeline::asClip(item);
                if (clip && timeline::isShot(*clip)) {
                    Q_EMIT bench.editor.window().generateRequested(clip->id);
                }
            }
        }
        QSignalSpy finished(&bench.editor.generationQueue(), &GenerationQueue::finished);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, kPatience);
        QTest::qWait(400); // the states follow a little later
        QCOMPARE(bench.editor.window().shotStates().staleCount(), std::size_t(0));
        // Without the style picture the restyled shot is another one; the shot from a prompt is not.
        const timeline::ItemId style = timeline::itemId(*bench.track(timeline::TrackKind::Style).items.back());
        QVERIFY(bench.editor.document().apply("x", timeline::lift(bench.film(), {style})));
        QTRY_COMPARE_WITH_TIMEOUT(bench.editor.window().shotStates().staleCount(), std::size_t(1), kPatience);
        bench.child<QAction>("regenerateStale")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 3, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(bench.editor.window().shotStates().staleCount(), std::size_t(0), kPatience);
    }

    void aKilledWorkerIsToldAndTheNextJobRuns() {
        qputenv("FAKE_WORKER_STEP_MS", "200");
        Bench bench;
        const timeline::ItemId shot = bench.onlyShot()->id;
        QSignalSpy previews(&bench.editor.generationQueue(), &GenerationQueue::previewArrived);
        QSignalSpy failed(&bench.editor.generationQueue(), &GenerationQueue::failed);
        Q_EMIT bench.editor.window().generateRequested(shot);
        QTRY_VERIFY_WITH_TIMEOUT(previews.count() > 0, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(bench.editor.window().shotStates().state(shot).hasPreview, kPatience);
        QCOMPARE(::kill(static_cast<pid_t>(bench.editor.generationQueue().workerProcessId()), SIGKILL), 0);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kPatience);
        QVERIFY(bench.editor.window().shotStates().state(shot).phase == ui::ShotState::Phase::Failed);
        Q_EMIT bench.editor.window().generateRequested(shot);
        QTRY_VERIFY_WITH_TIMEOUT(timeline::findClip(bench.film(), shot)->activeKey == "take-1", kPatience);
    }

    void aTakeWithoutItsShotGoesToTheBin() {
        qputenv("FAKE_WORKER_STEP_MS", "100");
        Bench bench;
        const timeline::ItemId shot = bench.onlyShot()->id;
        auto* list = bench.child<QListView>("mediaList");
        const int before = list->model()->rowCount();
        QSignalSpy previews(&bench.editor.generationQueue(), &GenerationQueue::previewArrived);
        Q_EMIT bench.editor.window().generateRequested(shot);
        QTRY_VERIFY_WITH_TIMEOUT(previews.count() > 0, kPatience);
        QVERIFY(bench.editor.document().apply("x", timeline::lift(bench.film(), {shot})));
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), before + 1, kPatience);
        const auto isTake = [&](int row) {
            return list->model()->index(row, 0).data(ui::BinPathRole).toString().endsWith(".mkv");
        };
        bool isThere = false;
        for (int row = 0; row <= before; ++row) {
            isThere = isThere || isTake(row);
        }
        QVERIFY(isThere);
    }

    void aShotShowsTheJobThatIsLeft() {
        Bench bench;
        const timeline::ItemId shot = bench.onlyShot()->id;
        bool isTold = true;
        connect(&bench.editor.jobs(), &JobQueue::changed, this, [&] {
            const bool isBusy = bench.editor.jobs().running() || bench.editor.jobs().waitingCount() > 0;
            isTold = isTold &&
                     (!isBusy || bench.editor.window().shotStates().state(shot).phase != ui::ShotState::Phase::Idle);
        });
        QSignalSpy finished(&bench.editor.generationQueue(), &GenerationQueue::finished);
        Q_EMIT bench.editor.window().generateRequested(shot);
        Q_EMIT bench.editor.window().generateRequested(shot);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, kPatience);
        QVERIFY(isTold);
        QVERIFY(bench.editor.window().shotStates().state(shot).phase == ui::ShotState::Phase::Idle);
    }

    void jobsOfAnotherProjectAreNotRunAgain() {
        qputenv("FAKE_WORKER_STEP_MS", "100");
        Bench bench;
        QSignalSpy previews(&bench.editor.generationQueue(), &GenerationQueue::previewArrived);
        QSignalSpy cancelled(&bench.editor.generationQueue(), &GenerationQueue::cancelled);
        Q_EMIT bench.editor.window().generateRequested(bench.onlyShot()->id);
        QTRY_VERIFY_WITH_TIMEOUT(previews.count() > 0, kPatience);
        bench.editor.document().reset(app::emptyProject());
        QTRY_COMPARE_WITH_TIMEOUT(cancelled.count(), 1, kPatience);
        Q_EMIT bench.editor.window().jobList().retryRequested(bench.editor.jobs().jobs().front().id);
        QVERIFY(bench.child<QLabel>("errorText")->text().contains("project"));
        QCOMPARE(bench.editor.jobs().waitingCount(), 0);
        QVERIFY(mediaUrls(bench.film()).empty());
    }

    void whatWasChosenIsThereAtTheNextStart() {
        {
            Bench bench;
            bench.answerDialog("saveDialog", file("first.otio"));
            bench.child<QAction>("fileSave")->trigger();
            QTRY_VERIFY_WITH_TIMEOUT(!bench.editor.document().filePath().isEmpty(), kPatience);
            auto* preset = bench.child<QComboBox>("exportPreset");
            bench.child<QAction>("fileExport")->trigger();
            preset->setCurrentIndex(preset->findData("lossless"));
            QTest::mouseClick(bench.child<QPushButton>("exportStart"), Qt::LeftButton);
            QTest::mouseClick(bench.child<QPushButton>("exportCancel"), Qt::LeftButton);
        }
        Bench again;
        auto* recent = again.child<QMenu>("recentMenu");
        QVERIFY(recent->isEnabled());
        QCOMPARE(again.child<QComboBox>("exportPreset")->currentData().toString(), QString("lossless"));
        recent->actions().first()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(again.editor.document().filePath(), file("first.otio"), kPatience);
    }

    void aRecoveredProjectSaysWhatWasNotOpened() {
        QVERIFY(QDir().mkpath(file("XDG_STATE_HOME/fantascope/autosave")));
        timeline::Timeline left = app::emptyProject();
        left.name = "left";
        QVERIFY(timeline::writeOtio(left, file("XDG_STATE_HOME/fantascope/autosave/x.otio").toStdString()));
        QVERIFY(timeline::writeOtio(left, file("other.otio").toStdString()));
        EditorApplication editor;
        editor.open(file("other.otio"));
        QCOMPARE(editor.document().timeline()->name, std::string("left"));
        QVERIFY(editor.document().isModified());
        const QString said = editor.window().findChild<QLabel*>("errorText")->text();
        QVERIFY2(said.contains("other.otio"), qPrintable(said));
    }

    void thePreferredModelComesFirst() {
        QVERIFY(QDir().mkpath(file("models/aaa")));
        QVERIFY(QFile::copy(qEnvironmentVariable("FANTASCOPE_RESOURCES") + "/models/starter/model_index.json",
                            file("models/aaa/model_index.json")));
        QFile index(file("models/aaa/model_index.json"));
        QVERIFY(index.open(QIODevice::ReadOnly));
        const QByteArray renamed = index.readAll().replace("\"starter\"", "\"aaa\"");
        index.close();
        QVERIFY(index.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        QVERIFY(index.open(QIODevice::WriteOnly));
        index.write(renamed);
        index.close();
        {
            Settings settings;
            QVERIFY(settings.set(Setting::ModelFolders, QStringList{file("models")}));
            QVERIFY(settings.set(Setting::Model, QStringLiteral("aaa")));
        }
        Bench bench;
        QCOMPARE(bench.child<QComboBox>("model")->itemData(0).toString(), QString("aaa"));
    }

    void badFilesAreNamedAndLeaveTheProject() {
        Bench bench;
        QFile broken(file("broken.otio"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("{\"OTIO_SCHEMA\": \"Timeline.1\", ");
        broken.close();
        const timeline::TimelinePtr before = bench.editor.document().timeline();
        bench.answerDialog("openDialog", file("broken.otio"));
        bench.child<QAction>("fileOpen")->trigger();
        auto* error = bench.child<QLabel>("errorText");
        QTRY_VERIFY_WITH_TIMEOUT(error->text().contains("broken.otio"), kPatience);
        QCOMPARE(bench.editor.document().timeline(), before);
        insert(bench, file("broken.otio"), 0);
        QTRY_VERIFY_WITH_TIMEOUT(error->text().contains("format"), kPatience);
        QCOMPARE(bench.editor.document().timeline(), before);
    }
};

QTEST_MAIN(TestEditor)
#include "TestEditor.moc"
