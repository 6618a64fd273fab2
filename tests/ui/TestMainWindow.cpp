#include "tests/ui/TestTimeline.h"
#include "tests/ui/WindowPictures.h"
#include "ui/MainWindow.h"
#include "ui/bin/BinRoles.h"
#include "ui/bin/MediaBin.h"
#include "ui/dialogs/SettingsDialog.h"
#include "ui/menus/FileActions.h"
#include "ui/monitor/Monitor.h"
#include "ui/monitor/Transport.h"
#include "ui/prompt/ShotPanel.h"
#include "ui/queue/JobList.h"
#include "ui/queue/JobRoles.h"
#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/state/ShotStates.h"
#include "ui/style/Theme.h"
#include "ui/timeline/TimelineCanvas.h"

#include "timeline/document/TimelineDocument.h"
#include "timeline/edit/SetProperty.h"
#include "timeline/edit/Takes.h"
#include "timeline/edit/Transitions.h"
#include "timeline/model/Generators.h"
#include "timeline/model/ShotContext.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>
#include <QUndoStack>

#include <memory>

using namespace ui;
using namespace testing;

namespace {

/// Notes what it is asked for, and does it to the document alone.
class NotedProjects : public ProjectKeeper {
public:
    explicit NotedProjects(timeline::TimelineDocument& document) : m_document(document) {}

    bool createProject() override { return note(QStringLiteral("create")); }
    bool openProject(const QString& path) override { return note(QStringLiteral("open ") + path); }
    bool saveProject(const QString& path) override {
        m_document.markSaved(path);
        return note(QStringLiteral("save ") + path);
    }
    bool openDemo() override { return note(QStringLiteral("demo")); }
    QString projectPath() const override { return m_document.filePath(); }

    QStringList asked;

private:
    bool note(const QString& what) {
        asked << what;
        return true;
    }

    timeline::TimelineDocument& m_document;
};

} // namespace

/// The window as a whole: menus, shortcuts, names for screen readers, guard, export, jobs.
class TestMainWindow : public QObject {
    Q_OBJECT

private:
    struct Bench {
        timeline::TimelineDocument document;
        NotedProjects projects{document};
        QStandardItemModel media;
        QStandardItemModel jobs;
        DrawnArt art;
        MainWindow window{{document,
                           projects,
                           media,
                           jobs,
                           {{"h264", "MP4", "Plays everywhere", "mp4"}, {"lossless", "Lossless", "Big", "mkv"}},
                           &art}};

        Bench() {
            document.reset(emptyTimeline(), QStringLiteral("/films/first.otio"));
            window.resize(1280, 720);
            window.show();
            window.activateWindow();
        }
        template <typename T>
        T* child(const char* name) {
            return window.findChild<T*>(QLatin1String(name));
        }
        QAction* action(const char* name) { return child<QAction>(name); }
        void edit() { QVERIFY(document.apply(QStringLiteral("x"), timeline::setName(*document.timeline(), "other"))); }
    };

    static void fillBinAndQueue(Bench& bench) {
        const std::pair<const char*, BinKind> files[] = {{"harbour.mp4", BinKind::Film},
                                                         {"boat.mp4", BinKind::Film},
                                                         {"lake.png", BinKind::Still},
                                                         {"pad.flac", BinKind::Sound}};
        for (const auto& [name, kind] : files) {
            auto* row = new QStandardItem(QLatin1String(name));
            row->setData(static_cast<int>(kind), BinKindRole);
            row->setData(QStringLiteral("1280 × 720, 25 fps, 8.0 s"), BinDetailRole);
            if (kind != BinKind::Sound) {
                row->setData(bench.art.thumbnail(name, frames(0), 80), Qt::DecorationRole);
            }
            bench.media.appendRow(row);
        }
        const std::tuple<const char*, JobPhase, double, const char*> work[] = {
            {"Generate, Shot 2", JobPhase::Running, 0.42, "Step 11 of 25"},
            {"Restyle, Shot 1", JobPhase::Queued, -1.0, ""},
            {"Restyle, Shot 1", JobPhase::Failed, -1.0, "The worker ended in the middle of the job"}};
        for (const auto& [name, phase, progress, detail] : work) {
            auto* row = new QStandardItem(QLatin1String(name));
            row->setData(static_cast<int>(phase), JobPhaseRole);
            row->setData(progress, JobProgressRole);
            row->setData(QLatin1String(detail), JobDetailRole);
            row->setData(35.0, JobSecondsLeftRole);
            bench.jobs.appendRow(row);
        }
    }

    /// A film with one of everything, as somebody would have it in mid-work.
    static void fill(Bench& bench) {
        timeline::Timeline t = emptyTimeline();
        const auto left = lay(t, "Video 1", mediaClip("harbour.mp4", 90, 50), 0);
        lay(t, "Video 1", mediaClip("boat.mp4", 110, 40), 90);
        lay(t, "Video 1", mediaClip("lake.png", 60, 0), 230);
        t = *timeline::addTransition(t, left, frames(10), frames(10));
        timeline::Recipe recipe;
        recipe.seed = 4711;
        timeline::Clip shot = timeline::makeShot(recipe, frames(90));
        shot.name = "Shot 1";
        const auto stale = lay(t, "Video 2", shot, 95);
        for (const char* url : {"take1.mkv", "take2.mkv", "take3.mkv"}) {
            t = *timeline::addTake(t, stale, timeline::makeTake(*timeline::findClip(t, stale), url, {}));
        }
        timeline::Clip fresh = timeline::makeShot({}, frames(60));
        fresh.name = "Shot 2";
        const auto running = lay(t, "Video 2", fresh, 230);
        lay(t, "Style", mediaClip("style-oil.png", 120, 0), 90);
        lay(t, "Prompt",
            timeline::makePromptClip({"a small boat on a calm lake at dawn, oil painting", {}}, frames(70)), 90);
        lay(t, "Prompt", timeline::makePromptClip({"the fog lifts, warm light on the water", {}}, frames(45)), 165);
        lay(t, "Prompt", timeline::makePromptClip({"forest shore, slow push in", {}}, frames(60)), 230);
        lay(t, "Audio 1", mediaClip("pad.flac", 180, 0), 0);
        bench.document.reset(t, QStringLiteral("/films/first.otio"));
        bench.window.shotPanel().setModels({{"starter", "Starter", 25, 2.5, true, true}});
        bench.window.shotStates().setState(stale, {ShotState::Phase::Idle, -1.0, true, false});
        bench.window.shotStates().setState(running, {ShotState::Phase::Running, 0.42, false, true});
        bench.window.selection().selectOnly(stale);
        bench.window.shotPanel().setBaseImage(stale, bench.art.thumbnail("boat.mp4", frames(10), 200));
        bench.window.monitor().setLive(true);
        bench.window.playhead().seek(frames(120));
        fillBinAndQueue(bench);
        const QImage picture =
            bench.art.thumbnail("boat.mp4", frames(10), 360).convertToFormat(QImage::Format_RGBA8888);
        auto frame = std::make_shared<timeline::DisplayImage>();
        frame->width = picture.width();
        frame->height = picture.height();
        frame->pixels.assign(picture.constBits(), picture.constBits() + picture.sizeInBytes());
        bench.window.monitor().showFrame(frame);
    }

    static QList<QAction*> menuActions(const QMainWindow& window) {
        QList<QAction*> all;
        QList<const QMenu*> menus;
        for (const QAction* action : window.menuBar()->actions()) {
            menus << action->menu();
        }
        while (!menus.isEmpty()) {
            for (QAction* action : menus.takeFirst()->actions()) {
                if (action->menu()) {
                    menus << action->menu();
                } else if (!action->isSeparator()) {
                    all << action;
                }
            }
        }
        return all;
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp); }

    void noShortcutIsTakenTwice() {
        Bench bench;
        QMap<QString, QString> owners;
        for (const QAction* action : menuActions(bench.window)) {
            QVERIFY2(!action->text().isEmpty(), qPrintable(action->objectName()));
            for (const QKeySequence& key : action->shortcuts()) {
                const QString text = key.toString();
                QVERIFY2(!owners.contains(text), qPrintable(text + ": " + owners.value(text) + ", " + action->text()));
                owners[text] = action->text();
            }
        }
        QVERIFY(owners.size() > 40);
        for (const char* key : {"Space", "J", "K", "L", "I", "O", "B", "Ctrl+K", "Ctrl+Z", "Del", "+", "-"}) {
            QVERIFY2(owners.contains(QLatin1String(key)), key);
        }
    }

    void noMnemonicIsTakenTwiceInAMenu() {
        Bench bench;
        const auto check = [](const QList<QAction*>& actions, const QString& where) {
            QMap<QString, QString> owners;
            for (const QAction* action : actions) {
                const QString key = QKeySequence::mnemonic(action->text()).toString();
                if (!key.isEmpty()) {
                    QVERIFY2(!owners.contains(key),
                             qPrintable(where + ": " + owners.value(key) + ", " + action->text()));
                    owners[key] = action->text();
                }
            }
        };
        check(bench.window.menuBar()->actions(), QStringLiteral("menu bar"));
        for (const QAction* action : bench.window.menuBar()->actions()) {
            check(action->menu()->actions(), action->text());
        }
    }

    void everythingHasANameForScreenReaders() {
        Bench bench;
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 0);
        bench.document.reset(timeline);
        bench.window.selection().selectOnly(shot);
        bench.window.exportDialog().prepare("/films/x.mp4", std::nullopt);
        bench.window.exportDialog().show();
        bench.window.settingsDialog().open({}, {"starter"});
        int named = 0;
        for (QWidget* widget : bench.window.findChildren<QWidget*>()) {
            const bool isControl = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QLineEdit*>(widget) ||
                                   qobject_cast<QComboBox*>(widget) || qobject_cast<QAbstractSpinBox*>(widget) ||
                                   qobject_cast<QAbstractItemView*>(widget) || qobject_cast<QPlainTextEdit*>(widget) ||
                                   qobject_cast<QAbstractSlider*>(widget) || qobject_cast<TimelineCanvas*>(widget);
            // Qt's own parts (scroll bars of areas, the line inside a spin box) are spoken with their owner.
            if (!isControl || widget->objectName().startsWith(QLatin1String("qt_")) ||
                widget->parentWidget()->objectName().startsWith(QLatin1String("qt_")) ||
                qobject_cast<QComboBox*>(widget->parentWidget()) || widget->inherits("QComboBoxListView") ||
                widget->inherits("QLineEditIconButton")) {
                continue;
            }
            QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(spoken);
            QVERIFY2(!spoken->text(QAccessible::Name).isEmpty(),
                     qPrintable(QString::fromLatin1(widget->metaObject()->className()) + " " + widget->objectName() +
                                " in " + widget->parentWidget()->objectName()));
            QVERIFY2(spoken->role() != QAccessible::NoRole && spoken->role() != QAccessible::Client,
                     qPrintable(widget->objectName()));
            ++named;
        }
        QVERIFY(named > 30);
    }

    void keysDriveTheTimelineWhereverTheFocusIs() {
        Bench bench;
        timeline::Timeline timeline = emptyTimeline();
        const auto clip = lay(timeline, "Video 1", mediaClip("a", 50), 0);
        bench.document.reset(timeline);
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        bench.window.timelineView().canvas().setFocus();
        bench.window.playhead().seek(frames(20));
        QTest::keyClick(&bench.window.timelineView().canvas(), Qt::Key_B);
        QCOMPARE(endOf(*bench.document.timeline(), clip), 20);
        QTest::keyClick(&bench.window.timelineView().canvas(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(endOf(*bench.document.timeline(), clip), 50);
        QTest::keyClick(&bench.window.timelineView().canvas(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(bench.window.selection().items().size(), std::size_t(1));
        QTest::keyClick(&bench.window.timelineView().canvas(), Qt::Key_Delete);
        QVERIFY(!timeline::findClip(*bench.document.timeline(), clip));
        QTest::keyClick(&bench.window.timelineView().canvas(), Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(bench.window.playhead().position(), frames(45));
        QSignalSpy speed(&bench.window.monitor().transport(), &Transport::speedRequested);
        QTest::keyClick(&bench.window.timelineView().canvas(), Qt::Key_Space);
        QCOMPARE(speed.count(), 1);
    }

    void aFocusedButtonKeepsSpace() {
        Bench bench;
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        auto* loop = bench.child<QAbstractButton>("loop");
        loop->setFocus(Qt::TabFocusReason);
        QSignalSpy speed(&bench.window.monitor().transport(), &Transport::speedRequested);
        QTest::keyClick(loop, Qt::Key_Space);
        QCOMPARE(speed.count(), 0);
        QVERIFY(bench.window.monitor().transport().isLooping());
    }

    void aFocusedNumberKeepsItsArrows() {
        Bench bench;
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(50)), 20);
        bench.document.reset(timeline);
        bench.window.selection().selectOnly(shot);
        bench.window.playhead().seek(frames(5));
        auto* steps = bench.child<QSpinBox>("steps");
        steps->setFocus(Qt::TabFocusReason);
        QTest::keyClick(steps, Qt::Key_Up);
        QTest::keyClick(steps, Qt::Key_Up);
        QTest::keyClick(steps, Qt::Key_Down);
        QCOMPARE(steps->value(), 1);
        QCOMPARE(timeline::recipeOf(*timeline::findClip(*bench.document.timeline(), shot))->steps, 1);
        QCOMPARE(bench.window.playhead().position(), frames(5));
    }

    void typingInAFieldIsNoShortcut() {
        Bench bench;
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        auto* search = bench.child<QLineEdit>("mediaSearch");
        search->setFocus();
        QTest::keyClicks(search, "jkl bs+");
        QCOMPARE(search->text(), QString("jkl bs+"));
    }

    void keysTrimAndMoveTheSelectedClip() {
        Bench bench;
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        timeline::Timeline timeline = emptyTimeline();
        const auto clip = lay(timeline, "Video 1", mediaClip("a", 50), 10);
        bench.document.reset(timeline);
        const auto press = [&](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
            QTest::keyClick(&bench.window.timelineView().canvas(), key, modifiers);
        };
        const auto now = [&]() -> const timeline::Timeline& { return *bench.document.timeline(); };
        bench.window.timelineView().canvas().setFocus();
        bench.window.selection().selectOnly(clip);
        bench.window.playhead().seek(frames(20));
        press(Qt::Key_Q);
        QCOMPARE(startOf(now(), clip), 20);
        bench.window.playhead().seek(frames(40));
        press(Qt::Key_W);
        QCOMPARE(endOf(now(), clip), 40);
        press(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(endOf(now(), clip), 41);
        press(Qt::Key_Left, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(startOf(now(), clip), 19);
        press(Qt::Key_Period);
        QCOMPARE(startOf(now(), clip), 20);
        press(Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(timeline::findItem(now(), clip)->track, std::size_t(2));
        press(Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(timeline::findItem(now(), clip)->track, std::size_t(1));
        press(Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
        QVERIFY(bench.child<QLabel>("errorText")->text().contains("below"));
        QCOMPARE(bench.window.playhead().position(), frames(40));
    }

    void aPromptIsWrittenWithoutAMouse() {
        Bench bench;
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        bench.window.timelineView().canvas().setFocus();
        bench.window.playhead().seek(frames(30));
        QTest::keyClick(&bench.window.timelineView().canvas(), Qt::Key_P, Qt::ShiftModifier);
        auto* box = bench.child<QPlainTextEdit>("promptBox");
        QVERIFY(box);
        QTest::keyClicks(box, "sea");
        QTest::keyClick(box, Qt::Key_Return);
        QTRY_VERIFY(!bench.window.timelineView().canvas().isTyping());
        const auto clips = timeline::clipsIn(*bench.document.timeline(), 4, {frames(0), frames(300)});
        QCOMPARE(clips.size(), std::size_t(1));
        QCOMPARE(clips[0].range, (timeline::TimeRange{frames(30), frames(75)}));
        QCOMPARE(bench.document.undoStack().count(), 1);
        bench.window.playhead().seek(frames(50)); // on it: the same clip opens
        QTest::keyClick(&bench.window.timelineView().canvas(), Qt::Key_P, Qt::ShiftModifier);
        QVERIFY(bench.window.timelineView().canvas().isTyping());
        QCOMPARE(bench.document.undoStack().count(), 1);
    }

    void aPictureBecomesAStyleWithoutAMouse() {
        Bench bench;
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        fillBinAndQueue(bench);
        timeline::Timeline timeline;
        timeline.format.rate = kRate;
        bench.document.reset(timeline);
        auto* list = bench.child<QListView>("mediaList");
        QVERIFY(list->model()->data(list->model()->index(0, 0)).toString().contains("harbour"));
        list->setFocus();
        list->setCurrentIndex(list->model()->index(0, 0));
        QSignalSpy inserted(&bench.window, &MainWindow::insertRequested);
        QTest::keyClick(list, Qt::Key_Return, Qt::AltModifier);
        QCOMPARE(inserted.count(), 0); // a film is no style
        list->setCurrentIndex(list->model()->index(2, 0));
        QTest::keyClick(list, Qt::Key_Return, Qt::AltModifier);
        QCOMPARE(inserted.count(), 1);
        const auto track = inserted[0][1].value<timeline::TrackId>();
        QVERIFY(timeline::findTrack(*bench.document.timeline(), track)->kind == timeline::TrackKind::Style);
    }

    void emptyTracksAreRemoved() {
        Bench bench;
        timeline::Timeline timeline = emptyTimeline();
        lay(timeline, "Video 2", mediaClip("a", 50), 0);
        bench.document.reset(timeline);
        bench.action("editRemoveEmptyTracks")->trigger();
        QCOMPARE(bench.document.timeline()->tracks.size(), std::size_t(1));
        QVERIFY(!bench.action("editRemoveEmptyTracks")->isEnabled());
    }

    void theShortcutListHasTheTimelinesOwnKeys() {
        Bench bench;
        bench.action("helpShortcuts")->trigger();
        auto* list = bench.child<QDialog>("shortcutsDialog")->findChild<QTreeWidget*>();
        QVERIFY(list);
        for (const char* keys : {"Alt+Up, Alt+Down", "Return, F2", "Ctrl+Wheel", "Ctrl+Z"}) {
            QCOMPARE(list->findItems(QLatin1String(keys), Qt::MatchExactly | Qt::MatchRecursive, 1).size(), 1);
        }
    }

    void rippleDeleteAndDissolve() {
        Bench bench;
        timeline::Timeline timeline = emptyTimeline();
        const auto first = lay(timeline, "Video 1", mediaClip("a", 50), 0);
        const auto second = lay(timeline, "Video 1", mediaClip("b", 50), 50);
        bench.document.reset(timeline);
        bench.window.playhead().seek(frames(48));
        bench.action("editDissolve")->trigger();
        QCOMPARE(bench.document.timeline()->tracks[1].items.size(), std::size_t(3));
        bench.document.undoStack().undo();
        bench.window.selection().selectOnly(first);
        bench.action("editRippleDelete")->trigger();
        QCOMPARE(startOf(*bench.document.timeline(), second), 0);
    }

    void marksLiftAndExport() {
        Bench bench;
        timeline::Timeline timeline = emptyTimeline();
        const auto clip = lay(timeline, "Video 1", mediaClip("a", 50), 0);
        bench.document.reset(timeline, QStringLiteral("/films/first.otio"));
        bench.window.playhead().seek(frames(10));
        bench.action("markIn")->trigger();
        bench.window.playhead().seek(frames(19));
        bench.action("markOut")->trigger();
        QCOMPARE(*bench.window.playhead().range(), (timeline::TimeRange{frames(10), frames(10)}));
        bench.action("fileExport")->trigger();
        QSignalSpy exported(&bench.window, &MainWindow::exportRequested);
        QTest::mouseClick(bench.child<QPushButton>("exportStart"), Qt::LeftButton);
        QCOMPARE(exported.count(), 1);
        const auto choice = exported[0][0].value<ExportChoice>();
        QCOMPARE(choice.path, QString("/films/first.mp4"));
        QCOMPARE(choice.preset, QString("h264"));
        QCOMPARE(*choice.range, (timeline::TimeRange{frames(10), frames(10)}));
        bench.action("editLift")->trigger();
        QCOMPARE(endOf(*bench.document.timeline(), clip), 10);
    }

    void exportShowsItsProgressAndCancels() {
        Bench bench;
        ExportDialog& dialog = bench.window.exportDialog();
        dialog.prepare("/films/x.mp4", std::nullopt);
        dialog.show();
        auto* preset = bench.child<QComboBox>("exportPreset");
        preset->setCurrentIndex(1);
        QCOMPARE(bench.child<QLineEdit>("exportPath")->text(), QString("/films/x.mkv"));
        dialog.setStarted();
        dialog.setProgress(0.25, 30.0);
        QCOMPARE(bench.child<QProgressBar>("exportProgress")->value(), 250);
        QVERIFY(bench.child<QLabel>("exportStatus")->text().contains("30"));
        QVERIFY(!bench.child<QPushButton>("exportStart")->isEnabled());
        QSignalSpy cancelled(&bench.window, &MainWindow::exportCancelRequested);
        QTest::mouseClick(bench.child<QPushButton>("exportCancel"), Qt::LeftButton);
        QCOMPARE(cancelled.count(), 1);
        dialog.setCancelled();
        QVERIFY(bench.child<QPushButton>("exportStart")->isEnabled());
    }

    void changesAreNotLostSilently() {
        Bench bench;
        bench.action("fileNew")->trigger();
        QCOMPARE(bench.projects.asked, QStringList{"create"});
        bench.edit();
        QVERIFY(bench.window.isWindowModified());
        bench.action("fileNew")->trigger();
        auto* question = bench.child<QMessageBox>("unsavedQuestion");
        QVERIFY(question);
        QTest::mouseClick(question->button(QMessageBox::Cancel), Qt::LeftButton);
        QCOMPARE(bench.projects.asked.size(), 1);
        QTRY_VERIFY(!bench.child<QMessageBox>("unsavedQuestion"));
        QVERIFY(!bench.window.close());
        question = bench.child<QMessageBox>("unsavedQuestion");
        QVERIFY(question);
        QTest::mouseClick(question->button(QMessageBox::Save), Qt::LeftButton);
        QCOMPARE(bench.projects.asked.last(), QString("save /films/first.otio"));
        QTRY_VERIFY(!bench.window.isVisible());
    }

    void whatIsBeingTypedIsGenerated() {
        Bench bench;
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        timeline::Timeline timeline = emptyTimeline();
        const auto prompt = lay(timeline, "Prompt", timeline::makePromptClip({"old", {}}, frames(50)), 0);
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(50)), 0);
        bench.document.reset(timeline);
        bench.window.shotPanel().setModels({{"starter", "Starter", 25, 2.5, true, true}});
        bench.window.selection().selectOnly(shot);
        bench.window.timelineView().editPrompt(prompt);
        QTest::keyClicks(bench.child<QWidget>("promptBox"), "snow at dawn");
        std::string generated;
        connect(&bench.window, &MainWindow::generateRequested, this, [&](timeline::ItemId id) {
            generated = timeline::shotContext(*bench.document.timeline(), id)->prompts.at(0).prompt.text;
        });
        QTest::keyClick(bench.child<QWidget>("promptBox"), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(generated, std::string("snow at dawn"));
        // A number that is typed and not confirmed, likewise.
        auto* steps = bench.child<QSpinBox>("steps");
        steps->setFocus();
        steps->selectAll();
        QTest::keyClicks(steps, "12");
        int used = 0;
        connect(&bench.window, &MainWindow::generateRequested, this, [&](timeline::ItemId id) {
            used = timeline::recipeOf(*timeline::findClip(*bench.document.timeline(), id))->steps;
        });
        QTest::keyClick(steps, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(used, 12);
    }

    void whatIsBeingTypedIsSavedAndAskedFor() {
        Bench bench;
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        timeline::Timeline timeline = emptyTimeline();
        const auto prompt = lay(timeline, "Prompt", timeline::makePromptClip({"old", {}}, frames(50)), 0);
        bench.document.reset(timeline, QStringLiteral("/films/first.otio"));
        const auto text = [&] {
            const timeline::Clip* clip = timeline::findClip(*bench.document.timeline(), prompt);
            const auto& generator = std::get<timeline::GeneratorReference>(*timeline::activeReference(*clip));
            return timeline::promptFrom(generator.parameters).text;
        };
        bench.window.timelineView().editPrompt(prompt);
        QTest::keyClicks(bench.child<QWidget>("promptBox"), "snow");
        QTest::keyClick(bench.child<QWidget>("promptBox"), Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(bench.projects.asked, QStringList{"save /films/first.otio"});
        QCOMPARE(text(), std::string("snow"));
        QVERIFY(!bench.document.isModified());
        bench.window.timelineView().editPrompt(prompt);
        QTest::keyClicks(bench.child<QWidget>("promptBox"), "rain");
        QVERIFY(!bench.window.close());
        QVERIFY(bench.child<QMessageBox>("unsavedQuestion"));
        QCOMPARE(text(), std::string("rain"));
    }

    void workIsNotStoppedSilently() {
        Bench bench;
        fillBinAndQueue(bench); // one job runs, one waits
        bench.action("fileNew")->trigger();
        auto* question = bench.child<QMessageBox>("runningQuestion");
        QVERIFY(question);
        QVERIFY(question->text().contains(QLatin1Char('2')));
        QTest::mouseClick(question->button(QMessageBox::Cancel), Qt::LeftButton);
        QVERIFY(bench.projects.asked.isEmpty());
        QTRY_VERIFY(!bench.child<QMessageBox>("runningQuestion"));
        bench.action("fileNew")->trigger();
        QTest::mouseClick(bench.child<QMessageBox>("runningQuestion")->button(QMessageBox::Discard), Qt::LeftButton);
        QCOMPARE(bench.projects.asked, QStringList{"create"});
        // An export goes on under another project, and is stopped by quitting alone.
        bench.jobs.clear();
        bench.window.exportDialog().setStarted();
        bench.action("fileNew")->trigger();
        QCOMPARE(bench.projects.asked.size(), 2);
        QTRY_VERIFY(!bench.child<QMessageBox>("runningQuestion"));
        QVERIFY(!bench.window.close());
        QVERIFY(bench.child<QMessageBox>("runningQuestion")->text().contains("export"));
        bench.edit();
        QVERIFY(!bench.window.close());
        auto* unsaved = bench.child<QMessageBox>("unsavedQuestion");
        QVERIFY(unsaved->informativeText().contains("export"));
        QTest::mouseClick(unsaved->button(QMessageBox::Discard), Qt::LeftButton);
        QTRY_VERIFY(!bench.window.isVisible());
    }

    void anExportBehindAClosedDialogIsStillSeen() {
        Bench bench;
        ExportDialog& dialog = bench.window.exportDialog();
        dialog.prepare("/films/x.mp4", std::nullopt);
        dialog.show();
        dialog.setStarted();
        dialog.setProgress(0.42, 30.0);
        dialog.close();
        auto* indicator = bench.child<QAbstractButton>("exportIndicator");
        QVERIFY(indicator->isVisible());
        QVERIFY(indicator->text().contains("42"));
        QTest::mouseClick(indicator, Qt::LeftButton);
        QVERIFY(dialog.isVisible());
        dialog.close();
        dialog.setFailed("disk full");
        QVERIFY(!indicator->isVisible());
        QVERIFY(bench.child<QLabel>("errorText")->text().contains("disk full"));
        bench.window.showError({});
        dialog.setStarted();
        dialog.setFinished("/films/x.mp4");
        QVERIFY(bench.window.statusBar()->currentMessage().contains("/films/x.mp4"));
    }

    void anExportWritesOverAFileOnlyWhenAskedTwice() {
        Bench bench;
        QTemporaryDir folder;
        const auto touch = [&](const char* name) {
            QFile file(folder.filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
        };
        touch("boat.mp4");
        touch("boat-2.mp4");
        touch("boat.mkv");
        ExportDialog& dialog = bench.window.exportDialog();
        dialog.prepare(folder.filePath("boat.mp4"), std::nullopt);
        dialog.show();
        auto* path = bench.child<QLineEdit>("exportPath");
        auto* start = bench.child<QPushButton>("exportStart");
        QCOMPARE(path->text(), folder.filePath("boat-3.mp4"));
        bench.child<QComboBox>("exportPreset")->setCurrentIndex(1);
        QCOMPARE(path->text(), folder.filePath("boat-2.mkv"));
        QSignalSpy exported(&dialog, &ExportDialog::exportRequested);
        path->setText(folder.filePath("boat.mkv"));
        QTest::mouseClick(start, Qt::LeftButton);
        QCOMPARE(exported.count(), 0);
        QVERIFY(bench.child<QLabel>("exportStatus")->text().contains("boat.mkv"));
        path->setText(folder.filePath("boat-2.mp4"));
        QTest::mouseClick(start, Qt::LeftButton); // another file: asked anew
        QCOMPARE(exported.count(), 0);
        QTest::mouseClick(start, Qt::LeftButton);
        QCOMPARE(exported.count(), 1);
    }

    void manyProblemsTakeOneLine() {
        Bench bench;
        const int height = bench.window.statusBar()->height();
        QStringList problems;
        for (int i = 0; i < 20; ++i) {
            problems << QStringLiteral("<b>file %1</b>.mp4 cannot be read: ").arg(i) + QString(200, QLatin1Char('x'));
        }
        bench.window.showError(problems.join(QLatin1Char('\n')));
        QCoreApplication::processEvents();
        QVERIFY(bench.window.statusBar()->height() <= height + 4);
        QCOMPARE(bench.window.width(), 1280);
        auto* label = bench.child<QLabel>("errorText");
        QVERIFY(label->textFormat() == Qt::PlainText);
        QVERIFY(label->text().startsWith("<b>file 0"));
        QVERIFY(label->sizeHint().width() < 1280);
        QVERIFY(label->toolTip().contains("&lt;b&gt;file 19"));
        QTest::mouseClick(bench.child<QAbstractButton>("errorDetails"), Qt::LeftButton);
        QCOMPARE(bench.child<QPlainTextEdit>("errorDetailsText")->toPlainText(), problems.join(QLatin1Char('\n')));
    }

    void whyAJobFailedCanBeRead() {
        Bench bench;
        const QString why = QStringLiteral("The worker ended in the middle of the job. Its last words: ") +
                            QStringLiteral("out of memory <at> layer 12 ").repeated(8);
        auto* job = new QStandardItem(QStringLiteral("Generate, Shot 1"));
        job->setData(static_cast<int>(JobPhase::Failed), JobPhaseRole);
        job->setData(why, JobDetailRole);
        bench.jobs.appendRow(job);
        auto* list = bench.child<QListView>("jobListView");
        const QModelIndex row = list->model()->index(0, 0);
        const QString tip = row.data(Qt::ToolTipRole).toString();
        QVERIFY(tip.contains("Generate, Shot 1") && tip.contains("Failed") && tip.contains(why.toHtmlEscaped()));
        const int closed = list->visualRect(row).height();
        list->setCurrentIndex(row);
        QTRY_VERIFY(list->visualRect(row).height() > closed + 3 * list->fontMetrics().height());
        list->clearSelection();
        QTRY_COMPARE(list->visualRect(row).height(), closed);
    }

    void errorsShowInTheStatusBarUntilDismissed() {
        Bench bench;
        bench.window.showError("disk full");
        QCOMPARE(bench.child<QLabel>("errorText")->text(), QString("disk full"));
        QTest::mouseClick(bench.child<QAbstractButton>("dismissError"), Qt::LeftButton);
        QVERIFY(bench.child<QLabel>("errorText")->text().isEmpty());
    }

    void settingsAreChosenWhileEditingGoesOn() {
        Bench bench;
        QSignalSpy wanted(&bench.window, &MainWindow::settingsRequested);
        bench.action("fileSettings")->trigger();
        QCOMPARE(wanted.count(), 1);
        SettingsDialog& dialog = bench.window.settingsDialog();
        const SettingsChoice now{"gone", {"/models/a", "/models/b"}, "cpu", 7};
        dialog.open(now, {"starter", "large"});
        QVERIFY(!dialog.isModal());
        auto* model = bench.child<QComboBox>("settingsModel");
        QCOMPARE(model->currentText(), QString("gone (missing)"));
        QSignalSpy chosen(&dialog, &SettingsDialog::chosen);
        QTest::mouseClick(bench.child<QPushButton>("settingsOk"), Qt::LeftButton);
        QCOMPARE(chosen.value(0).value(0).value<SettingsChoice>(), now); // nothing touched, nothing changed
        dialog.open(now, {"starter", "large"});
        model->setCurrentIndex(model->findText("large"));
        bench.child<QListWidget>("settingsFolders")->setCurrentRow(0);
        QTest::mouseClick(bench.child<QAbstractButton>("settingsRemoveFolder"), Qt::LeftButton);
        bench.child<QSpinBox>("settingsCache")->setValue(50);
        QTest::mouseClick(bench.child<QPushButton>("settingsOk"), Qt::LeftButton);
        QCOMPARE(chosen.value(1).value(0).value<SettingsChoice>(), (SettingsChoice{"large", {"/models/b"}, "cpu", 50}));
        dialog.open(now, {});
        QTest::mouseClick(bench.child<QPushButton>("settingsCancel"), Qt::LeftButton);
        QCOMPARE(chosen.count(), 2);
    }

    void jobsAreCancelledAndRetried() {
        Bench bench;
        auto* job = new QStandardItem(QStringLiteral("Generate, Shot 1"));
        job->setData(QStringLiteral("j1"), JobIdRole);
        job->setData(static_cast<int>(JobPhase::Running), JobPhaseRole);
        job->setData(0.3, JobProgressRole);
        bench.jobs.appendRow(job);
        bench.child<QListView>("jobListView")->setCurrentIndex(bench.jobs.index(0, 0));
        QSignalSpy cancelled(&bench.window.jobList(), &JobList::cancelRequested);
        QSignalSpy retried(&bench.window.jobList(), &JobList::retryRequested);
        QTest::mouseClick(bench.child<QAbstractButton>("cancelJob"), Qt::LeftButton);
        QCOMPARE(cancelled.value(0).value(0).toString(), QString("j1"));
        QVERIFY(!bench.child<QAbstractButton>("retryJob")->isEnabled());
        job->setData(static_cast<int>(JobPhase::Failed), JobPhaseRole);
        QTest::mouseClick(bench.child<QAbstractButton>("retryJob"), Qt::LeftButton);
        QCOMPARE(retried.count(), 1);
        const QModelIndex row = bench.child<QListView>("jobListView")->model()->index(0, 0);
        QVERIFY(row.data(Qt::AccessibleTextRole).toString().contains("Failed"));
    }

    void returnInTheBinInsertsAtThePlayhead() {
        Bench bench;
        auto* file = new QStandardItem(QStringLiteral("walk.mp4"));
        file->setData(QStringLiteral("/films/walk.mp4"), BinPathRole);
        bench.media.appendRow(file);
        bench.window.playhead().seek(frames(33));
        auto* list = bench.child<QListView>("mediaList");
        list->setCurrentIndex(list->model()->index(0, 0));
        QSignalSpy inserted(&bench.window, &MainWindow::insertRequested);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(inserted[0][0].toStringList(), QStringList{"/films/walk.mp4"});
        QCOMPARE(inserted[0][2].value<timeline::RationalTime>(), frames(33));
    }

    /// FANTASCOPE_PICTURES=FOLDER keeps a picture of the window, for a person to look at.
    void smallWindowsShowEverything() {
        Bench bench;
        const QString folder = qEnvironmentVariable("FANTASCOPE_PICTURES");
        if (!folder.isEmpty()) {
            fill(bench);
            bench.window.resize(1920, 1080);
            bench.window.timelineView().zoomToFit();
            QTest::qWait(50);
            bench.window.grab().save(folder + QStringLiteral("/large.png"));
        }
        bench.window.resize(1280, 720);
        fill(bench);
        bench.window.timelineView().zoomToFit();
        QCoreApplication::processEvents();
        if (!folder.isEmpty()) {
            QTest::qWait(50);
            bench.window.grab().save(folder + QStringLiteral("/small.png"));
        }
        QCOMPARE(bench.window.size(), QSize(1280, 720));
        QVERIFY(bench.window.timelineView().canvas().height() >= 150);
        QVERIFY(bench.child<QWidget>("monitorSurface")->height() >= 200);
        const QWidget* generate = bench.child<QWidget>("generateButton");
        QVERIFY(bench.window.rect().contains(QRect(generate->mapTo(&bench.window, QPoint()), generate->size())));
    }
};

QTEST_MAIN(TestMainWindow)
#include "TestMainWindow.moc"
