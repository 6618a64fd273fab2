#include "tests/ui/TestTimeline.h"
#include "tests/ui/WindowBench.h"
#include "ui/MainWindow.h"
#include "ui/bin/BinRoles.h"
#include "ui/dialogs/SettingsDialog.h"
#include "ui/monitor/Monitor.h"
#include "ui/monitor/Transport.h"
#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/style/Theme.h"
#include "ui/timeline/TimelineCanvas.h"

#include "timeline/document/TimelineDocument.h"

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
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>
#include <QUndoStack>

using namespace ui;
using namespace testing;

/// The window as a whole: menus, shortcuts, names for screen readers, what keys do.
class TestMainWindow : public QObject {
    Q_OBJECT

private:
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
        // A label beside a field would take its letter away from the menu bar.
        QList<QAction*> bar = bench.window.menuBar()->actions();
        for (const QLabel* label : bench.window.findChildren<QLabel*>()) {
            if (label->buddy() && label->window() == &bench.window) {
                bar << new QAction(label->text(), &bench.window);
            }
        }
        check(bar, QStringLiteral("menu bar"));
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

    void aFocusedNumberLeavesUndoToTheFilm() {
        Bench bench;
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(50)), 0);
        bench.document.reset(timeline);
        bench.window.selection().selectOnly(shot);
        auto* steps = bench.child<QSpinBox>("steps");
        steps->setFocus(Qt::TabFocusReason);
        QTest::keyClick(steps, Qt::Key_Up);
        QTest::keyClick(steps, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(timeline::recipeOf(*timeline::findClip(*bench.document.timeline(), shot))->steps, 0);
        QCOMPARE(steps->value(), 0);
    }

    void editPromptOpensTheSelectedOneWithoutAShot() {
        Bench bench;
        timeline::Timeline timeline = emptyTimeline();
        const auto prompt = lay(timeline, "Prompt", timeline::makePromptClip({"old", {}}, frames(50)), 0);
        const auto clip = lay(timeline, "Video 1", mediaClip("a", 50), 100);
        bench.document.reset(timeline);
        bench.window.selection().selectOnly(clip);
        QVERIFY(!bench.action("editPrompt")->isEnabled());
        bench.window.selection().selectOnly(prompt);
        bench.action("editPrompt")->trigger();
        QCOMPARE(bench.child<QPlainTextEdit>("promptBox")->toPlainText(), QString("old"));
    }

    void aShotThatIsMadeComesIntoThePicture() {
        Bench bench;
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(50)), 100);
        bench.document.reset(timeline);
        bench.window.selection().selectOnly(shot);
        bench.window.playhead().seek(frames(10));
        bench.action("generate")->trigger();
        QCOMPARE(bench.window.playhead().position(), frames(100));
        bench.window.playhead().seek(frames(120));
        bench.action("generate")->trigger();
        QCOMPARE(bench.window.playhead().position(), frames(120));
    }

    void theBinsRowsCanBeDragged() {
        Bench bench;
        auto* file = new QStandardItem(QStringLiteral("walk.mp4"));
        file->setDragEnabled(false);
        bench.media.appendRow(file);
        const QAbstractItemModel* model = bench.child<QListView>("mediaList")->model();
        QVERIFY(model->flags(model->index(0, 0)) & Qt::ItemIsDragEnabled);
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
        QCOMPARE(steps->value(), 26); // from the 25 of a model that nobody has named
        QCOMPARE(timeline::recipeOf(*timeline::findClip(*bench.document.timeline(), shot))->steps, 26);
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

    void aPictureBecomesAStyleOrAMaskWithoutAMouse() {
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
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::keyClick(list, Qt::Key_Return, Qt::AltModifier | Qt::ShiftModifier); // but it can be a mask
        QCOMPARE(inserted.count(), 2);
        const auto lane = inserted[1][1].value<timeline::TrackId>();
        QVERIFY(timeline::findTrack(*bench.document.timeline(), lane)->kind == timeline::TrackKind::Mask);
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
        QTemporaryDir folder;
        bench.document.reset(timeline, folder.filePath("first.otio"));
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
        QCOMPARE(choice.path, folder.filePath("first.mp4"));
        QCOMPARE(choice.preset, QString("h264"));
        QCOMPARE(*choice.range, (timeline::TimeRange{frames(10), frames(10)}));
        bench.action("editLift")->trigger();
        QCOMPARE(endOf(*bench.document.timeline(), clip), 10);
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
        QCOMPARE(bench.window.devicePixelRatioF(), qEnvironmentVariable("QT_SCALE_FACTOR", "1").toDouble());
        // A screen of 1280 x 720 at 150 %.
        const QSize least = bench.window.minimumSizeHint();
        QVERIFY2(least.width() <= 853 && least.height() <= 480,
                 qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
        QCOMPARE(bench.window.size(), QSize(1280, 720));
        QVERIFY(bench.window.timelineView().canvas().height() >= 150);
        QVERIFY(bench.child<QWidget>("monitorSurface")->height() >= 200);
        const QWidget* generate = bench.child<QWidget>("generateButton");
        QVERIFY(bench.window.rect().contains(QRect(generate->mapTo(&bench.window, QPoint()), generate->size())));
    }
};

QTEST_MAIN(TestMainWindow)
#include "TestMainWindow.moc"
