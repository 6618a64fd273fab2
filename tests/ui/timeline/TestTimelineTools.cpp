#include "tests/ui/TestTimeline.h"
#include "ui/bin/MediaMime.h"
#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/state/ShotStates.h"
#include "ui/timeline/PromptBox.h"
#include "ui/timeline/TimelineCanvas.h"
#include "ui/timeline/TimelineRuler.h"
#include "ui/timeline/TimelineView.h"
#include "ui/timeline/TrackHeaders.h"

#include "timeline/edit/Lift.h"
#include "timeline/edit/SetProperty.h"
#include "timeline/edit/Takes.h"

#include <QAccessible>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <QWheelEvent>

#include <memory>

using namespace ui;
using namespace testing;

/// Drives the real timeline view with mouse and keys, over a real document.
class TestTimelineTools : public QObject {
    Q_OBJECT

private:
    struct Bench {
        timeline::TimelineDocument document;
        Selection selection;
        Playhead playhead;
        ShotStates states;
        TimelineView view{{document, selection, playhead, states, nullptr}};

        explicit Bench(const timeline::Timeline& timeline) {
            document.reset(timeline);
            view.resize(1100, 420);
            view.show();
            canvas().setScale({4.0, 0.0, 0});
        }

        TimelineCanvas& canvas() { return view.canvas(); }
        const timeline::Timeline& now() const { return *document.timeline(); }
        int undoSteps() { return document.undoStack().count(); }

        QPoint at(timeline::ItemId item, double share) {
            const QRectF rect = *canvas().layout().itemRect(item);
            return QPointF(rect.left() + rect.width() * share, rect.top() + rect.height() * 0.6).toPoint();
        }
        QPoint at(const char* track, double frame) {
            const auto& layout = canvas().layout();
            const auto index = timeline::trackIndex(now(), trackNamed(now(), track).id);
            return QPointF(layout.xAt(frame), layout.rowRect(*layout.rowOf(*index)).center().y()).toPoint();
        }
        /// In steps, as a hand does it.
        void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) {
            QTest::mousePress(&canvas(), Qt::LeftButton, modifiers, from);
            for (int i = 1; i <= 5; ++i) {
                moveTo(from + (to - from) * i / 5, modifiers);
            }
            QTest::mouseRelease(&canvas(), Qt::LeftButton, modifiers, to);
        }
        void moveTo(QPoint point, Qt::KeyboardModifiers modifiers = {}) {
            QMouseEvent move(QEvent::MouseMove, point, canvas().mapToGlobal(point), Qt::NoButton, Qt::LeftButton,
                             modifiers);
            QCoreApplication::sendEvent(&canvas(), &move);
        }
    };

    std::unique_ptr<Bench> m_bench;
    timeline::ItemId m_first;
    timeline::ItemId m_second;

    Bench& bench() { return *m_bench; }

private Q_SLOTS:
    void init() {
        timeline::Timeline timeline = emptyTimeline();
        m_first = lay(timeline, "Video 1", mediaClip("a", 50), 10);
        m_second = lay(timeline, "Video 1", mediaClip("b", 30), 100);
        m_bench = std::make_unique<Bench>(timeline);
        bench().view.setSnapping(false);
    }

    void clickSelectsAndAClickBesideClears() {
        QTest::mouseClick(&bench().canvas(), Qt::LeftButton, {}, bench().at(m_first, 0.5));
        QCOMPARE(bench().selection.items(), std::vector{m_first});
        QTest::mouseClick(&bench().canvas(), Qt::LeftButton, Qt::ControlModifier, bench().at(m_second, 0.5));
        QCOMPARE(bench().selection.items(), (std::vector{m_first, m_second}));
        QTest::mouseClick(&bench().canvas(), Qt::LeftButton, {}, bench().at("Video 1", 200));
        QVERIFY(bench().selection.isEmpty());
        QCOMPARE(bench().undoSteps(), 0);
    }

    void aRubberBandSelectsBoth() {
        bench().drag(bench().at("Video 1", 2), bench().at("Video 2", 125));
        QCOMPARE(bench().selection.items().size(), std::size_t(2));
    }

    void draggingMovesAsOneUndoStep() {
        const QPoint from = bench().at(m_first, 0.5);
        bench().drag(from, from + QPoint(80, 0));
        QCOMPARE(startOf(bench().now(), m_first), 30);
        QCOMPARE(bench().undoSteps(), 1);
        bench().document.undoStack().undo();
        QCOMPARE(startOf(bench().now(), m_first), 10);
        bench().document.undoStack().redo();
        QCOMPARE(startOf(bench().now(), m_first), 30);
    }

    void aDragGoesToAnotherTrackOfItsKindOnly() {
        bench().drag(bench().at(m_first, 0.5), bench().at("Video 2", 35));
        QCOMPARE(timeline::findItem(bench().now(), m_first)->track, std::size_t(2));
        bench().drag(bench().at(m_first, 0.5), bench().at("Audio 1", 35));
        QCOMPARE(timeline::findItem(bench().now(), m_first)->track, std::size_t(2));
    }

    void severalMoveTogetherAndNotBeforeZero() {
        bench().selection.select({m_first, m_second});
        const QPoint from = bench().at(m_second, 0.5);
        bench().drag(from, from - QPoint(400, 0));
        QCOMPARE(startOf(bench().now(), m_first), 0);
        QCOMPARE(startOf(bench().now(), m_second), 90);
    }

    void movesSnapToCutsAndThePlayhead() {
        bench().view.setSnapping(true);
        bench().playhead.seek(frames(70));
        const QPoint from = bench().at(m_first, 0.5);
        bench().drag(from, from + QPoint(4 * 59, 0)); // to 69: one frame off the playhead
        QCOMPARE(startOf(bench().now(), m_first), 70);
        bench().document.undoStack().undo();
        const QPoint again = bench().at(m_first, 0.5);
        bench().drag(again, again + QPoint(4 * 39, 0)); // end at 99: one frame off the next clip
        QCOMPARE(endOf(bench().now(), m_first), 100);
    }

    void escapeGivesTheDragUp() {
        const QPoint from = bench().at(m_first, 0.5);
        QTest::mousePress(&bench().canvas(), Qt::LeftButton, {}, from);
        bench().moveTo(from + QPoint(100, 0));
        QCOMPARE(startOf(bench().now(), m_first), 35);
        QTest::keyClick(&bench().canvas(), Qt::Key_Escape);
        QCOMPARE(startOf(bench().now(), m_first), 10);
        QTest::mouseRelease(&bench().canvas(), Qt::LeftButton, {}, from);
        QCOMPARE(bench().undoSteps(), 0);
    }

    void aTakeThatArrivesInMidDragIsNotLost() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 2", timeline::makeShot({}, frames(40)), 0);
        const auto clip = lay(timeline, "Video 1", mediaClip("a", 50), 10);
        bench().document.reset(timeline);
        const QPoint from = bench().at(clip, 0.5);
        QTest::mousePress(&bench().canvas(), Qt::LeftButton, {}, from);
        bench().moveTo(from + QPoint(40, 0));
        bench().document.whenSettled([this, shot] {
            const timeline::Timeline& now = bench().now();
            QVERIFY(bench().document.apply(
                "Add Take",
                timeline::addTake(now, shot, timeline::makeTake(*timeline::findClip(now, shot), "one.mkv", {}))));
        });
        bench().moveTo(from + QPoint(80, 0));
        QTest::mouseRelease(&bench().canvas(), Qt::LeftButton, {}, from + QPoint(80, 0));
        QTRY_COMPARE(timeline::findClip(bench().now(), shot)->activeKey, std::string("take-1"));
        QCOMPARE(startOf(bench().now(), clip), 30);
        QCOMPARE(bench().undoSteps(), 2);
    }

    void anEditInMidDragEndsTheDrag() {
        const QPoint from = bench().at(m_first, 0.5);
        QTest::mousePress(&bench().canvas(), Qt::LeftButton, {}, from);
        bench().moveTo(from + QPoint(40, 0));
        QVERIFY(bench().document.apply("Mute", timeline::setClipEnabled(bench().now(), m_second, false)));
        bench().moveTo(from + QPoint(80, 0));
        QTest::mouseRelease(&bench().canvas(), Qt::LeftButton, {}, from + QPoint(80, 0));
        QVERIFY(!timeline::findClip(bench().now(), m_second)->enabled);
        QCOMPARE(startOf(bench().now(), m_first), 20);
    }

    void undoInMidDragEndsTheDrag() {
        const QPoint end = bench().at(m_first, 0.995);
        QTest::mousePress(&bench().canvas(), Qt::LeftButton, {}, end);
        bench().moveTo(end + QPoint(40, 0));
        bench().document.undoStack().undo();
        bench().moveTo(end + QPoint(80, 0));
        QTest::mouseRelease(&bench().canvas(), Qt::LeftButton, {}, end + QPoint(80, 0));
        QCOMPARE(endOf(bench().now(), m_first), 60);
    }

    void edgesTrim() {
        const QPoint end = bench().at(m_first, 0.995);
        bench().drag(end, end + QPoint(40, 0));
        QCOMPARE(endOf(bench().now(), m_first), 70);
        const QPoint start = bench().at(m_first, 0.005);
        bench().drag(start, start + QPoint(40, 0));
        QCOMPARE(startOf(bench().now(), m_first), 20);
        QCOMPARE(startOf(bench().now(), m_second), 100);
        QCOMPARE(bench().undoSteps(), 2);
    }

    void theTrimToolRipples() {
        bench().view.setTool(ToolKind::Trim);
        const QPoint from = bench().at(m_first, 0.8);
        bench().drag(from, QPoint(static_cast<int>(bench().canvas().layout().xAt(50)), from.y()));
        QCOMPARE(endOf(bench().now(), m_first), 50);
        QCOMPARE(startOf(bench().now(), m_second), 90);
    }

    void theBladeCuts() {
        bench().view.setTool(ToolKind::Blade);
        QTest::mouseClick(&bench().canvas(), Qt::LeftButton, {}, bench().at("Video 1", 30));
        QCOMPARE(endOf(bench().now(), m_first), 30);
        QCOMPARE(timeline::clipsIn(bench().now(), 1, {frames(0), frames(200)}).size(), std::size_t(3));
    }

    void thePenDrawsAPromptAndTypesIntoIt() {
        bench().view.setTool(ToolKind::PromptPen);
        bench().drag(bench().at("Prompt", 20), bench().at("Prompt", 80));
        auto* box = bench().canvas().findChild<PromptBox*>();
        QVERIFY(box);
        QTest::keyClicks(box, "snow at dawn");
        QTest::keyClick(box, Qt::Key_Return);
        QCoreApplication::processEvents();
        const auto clips = timeline::clipsIn(bench().now(), 4, {frames(0), frames(200)});
        QCOMPARE(clips.size(), std::size_t(1));
        QCOMPARE(clips[0].range, (timeline::TimeRange{frames(20), frames(60)}));
        const timeline::Clip* clip = timeline::asClip(bench().now().tracks[4].items[clips[0].index]);
        const auto& generator = std::get<timeline::GeneratorReference>(*timeline::activeReference(*clip));
        QCOMPARE(QString::fromStdString(timeline::promptFrom(generator.parameters).text), QString("snow at dawn"));
        QCOMPARE(bench().undoSteps(), 1);
        bench().document.undoStack().undo();
        QVERIFY(timeline::clipsIn(bench().now(), 4, {frames(0), frames(200)}).empty());
    }

    void aClickOfThePenFillsTheRoomUpToThreeSeconds() {
        bench().view.setTool(ToolKind::PromptPen);
        QTest::mouseClick(&bench().canvas(), Qt::LeftButton, {}, bench().at("Prompt", 20));
        const auto clips = timeline::clipsIn(bench().now(), 4, {frames(0), frames(400)});
        QCOMPARE(clips.size(), std::size_t(1));
        QCOMPARE(clips[0].range.duration.value(), 75);
    }

    void escapeLeavesThePromptAsItWas() {
        timeline::Timeline timeline = emptyTimeline();
        const auto id = lay(timeline, "Prompt", timeline::makePromptClip({"old", {}}, frames(100)), 0);
        bench().document.reset(timeline);
        QTest::mouseDClick(&bench().canvas(), Qt::LeftButton, {}, bench().at(id, 0.5));
        auto* box = bench().canvas().findChild<PromptBox*>();
        QVERIFY(box);
        QTest::keyClicks(box, "new");
        QTest::keyClick(box, Qt::Key_Escape);
        QCoreApplication::processEvents();
        QVERIFY(!bench().canvas().isTyping());
        QCOMPARE(bench().undoSteps(), 0);
    }

    void theHandScrolls() {
        bench().view.setTool(ToolKind::Hand);
        bench().drag({500, 100}, {300, 100});
        QCOMPARE(bench().canvas().layout().scale().left, 50.0);
    }

    void ctrlWheelZoomsAboutThePointer() {
        const double before = bench().canvas().layout().exactFrameAt(400.0);
        QWheelEvent wheel({400.0, 100.0}, bench().canvas().mapToGlobal(QPointF(400, 100)), {}, {0, 240}, Qt::NoButton,
                          Qt::ControlModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&bench().canvas(), &wheel);
        QVERIFY(bench().canvas().layout().scale().pixelsPerFrame > 4.0);
        QVERIFY(std::abs(bench().canvas().layout().exactFrameAt(400.0) - before) < 1e-6);
    }

    void theWheelOverARulerZoomsAboutThePointer() {
        const auto turn = [this](QWidget* widget, QPointF place) {
            QWheelEvent wheel(place, widget->mapToGlobal(place), {}, {0, 240}, Qt::NoButton, Qt::ControlModifier,
                              Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(widget, &wheel);
        };
        bench().canvas().setScale({4.0, 50.0, 0});
        auto* headers = bench().view.findChild<TrackHeaders*>();
        turn(headers, QPointF(headers->width() - 5.0, 20.0));
        QVERIFY(bench().canvas().layout().scale().pixelsPerFrame > 4.0);
        QVERIFY(std::abs(bench().canvas().layout().scale().left - 50.0) < 1e-6);
        auto* ruler = bench().view.findChild<TimelineRuler*>();
        const double before = bench().canvas().layout().exactFrameAt(300.0);
        turn(ruler, QPointF(300.0, 5.0));
        QVERIFY(std::abs(bench().canvas().layout().exactFrameAt(300.0) - before) < 1e-6);
    }

    void anotherButtonDoesNotEndADrag() {
        const QPoint from = bench().at(m_first, 0.5);
        QTest::mousePress(&bench().canvas(), Qt::LeftButton, {}, from);
        bench().moveTo(from + QPoint(40, 0));
        QTest::mousePress(&bench().canvas(), Qt::MiddleButton, {}, from + QPoint(40, 0));
        QTest::mouseRelease(&bench().canvas(), Qt::MiddleButton, {}, from + QPoint(40, 0));
        bench().moveTo(from + QPoint(80, 0));
        QTest::mouseRelease(&bench().canvas(), Qt::LeftButton, {}, from + QPoint(80, 0));
        QCOMPARE(startOf(bench().now(), m_first), 30);
        QCOMPARE(bench().canvas().layout().scale().left, 0.0);
    }

    void theWholeFilmStaysInSightUntilSomebodyScrolls() {
        bench().view.zoomToFit();
        const double narrow = bench().canvas().layout().scale().pixelsPerFrame;
        bench().view.resize(1600, 420);
        QVERIFY(bench().canvas().layout().scale().pixelsPerFrame > narrow);
        bench().view.zoomBy(2.0);
        const double zoom = bench().canvas().layout().scale().pixelsPerFrame;
        bench().view.resize(1100, 420);
        QCOMPARE(bench().canvas().layout().scale().pixelsPerFrame, zoom);
    }

    void theRulerMovesThePlayhead() {
        auto* ruler = bench().view.findChild<TimelineRuler*>();
        QTest::mouseClick(ruler, Qt::LeftButton, {}, QPoint(4 * 42 + 1, 5));
        QCOMPARE(bench().playhead.position().value(), 42);
    }

    void keysWalkFromClipToClip() {
        QTest::keyClick(&bench().canvas(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(bench().selection.current(), m_first);
        QTest::keyClick(&bench().canvas(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(bench().selection.current(), m_second);
        QVERIFY(bench().canvas().accessibleDescription().contains(QStringLiteral("Video 1")));
        QTest::keyClick(&bench().canvas(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(bench().selection.current(), m_first);
    }

    void aScreenReaderReadsTheTimeline() {
        timeline::Timeline timeline = emptyTimeline();
        timeline::Clip fresh = timeline::makeShot({}, frames(40));
        fresh.name = "Shot 1";
        const auto shot = lay(timeline, "Video 2", fresh, 25);
        for (const char* url : {"one.mkv", "two.mkv"}) {
            timeline =
                *timeline::addTake(timeline, shot, timeline::makeTake(*timeline::findClip(timeline, shot), url, {}));
        }
        const auto prompt = lay(timeline, "Prompt", timeline::makePromptClip({"snow at dawn", {}}, frames(50)), 0);
        const auto film = lay(timeline, "Video 1", mediaClip("walk.mp4", 50), 50);
        bench().document.reset(timeline);
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&bench().canvas());
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), 3);
        QCOMPARE(list->child(0)->text(QAccessible::Name), QString("snow at dawn"));
        QCOMPARE(list->child(1)->text(QAccessible::Name), QString("Shot 1, take 2 of 2"));
        bench().states.setState(shot, {ShotState::Phase::Idle, -1.0, true, false});
        QCOMPARE(list->child(1)->text(QAccessible::Name), QString("Shot 1, take 2 of 2, stale"));
        QVERIFY(list->child(1)->text(QAccessible::Description).contains("Video 2"));
        QVERIFY(list->child(1)->text(QAccessible::Description).contains("00:00:01:00"));
        QAccessibleInterface* clip = list->child(2);
        QCOMPARE(clip->role(), QAccessible::ListItem);
        QCOMPARE(clip->parent(), list);
        QCOMPARE(list->indexOfChild(clip), 2);
        QVERIFY(!clip->state().selected);
        clip->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(bench().selection.current(), film);
        QVERIFY(clip->state().selected);
        const QPoint middle = clip->rect().center();
        QCOMPARE(list->childAt(middle.x(), middle.y()), clip);
        // What is said of the current one follows its state, and clips that are gone are.
        bench().selection.selectOnly(shot);
        bench().states.setState(shot, {ShotState::Phase::Running, 0.42, false, false});
        QVERIFY(bench().canvas().accessibleDescription().contains("running, 42"));
        QVERIFY(bench().document.apply("x", timeline::lift(bench().now(), {prompt})));
        QCOMPARE(list->childCount(), 2);
        QCOMPARE(list->child(0)->text(QAccessible::Name).section(',', 0, 0), QString("Shot 1"));
    }

    void droppedFilesComeWithTheirPlace() {
        QSignalSpy dropped(&bench().view, &TimelineView::filesDropped);
        const std::unique_ptr<QMimeData> mime(mimeFromPaths({"/tmp/x.mp4", "/tmp/y.png"}));
        const QPoint place = bench().at("Video 2", 25);
        QDragEnterEvent enter(place, Qt::CopyAction, mime.get(), Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&bench().canvas(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(place, Qt::CopyAction, mime.get(), Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&bench().canvas(), &drop);
        QCOMPARE(dropped.count(), 1);
        QCOMPARE(dropped[0][0].toStringList(), (QStringList{"/tmp/x.mp4", "/tmp/y.png"}));
        QCOMPARE(dropped[0][1].value<timeline::TrackId>(), trackNamed(bench().now(), "Video 2").id);
        QCOMPARE(dropped[0][2].value<timeline::RationalTime>(), frames(25));
    }

    void dropsSnap() {
        bench().view.setSnapping(true);
        QSignalSpy dropped(&bench().view, &TimelineView::filesDropped);
        const std::unique_ptr<QMimeData> mime(mimeFromPaths({"/tmp/two\nlines %41.mp4"}));
        QDragEnterEvent enter(bench().at("Video 2", 61), Qt::CopyAction, mime.get(), Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&bench().canvas(), &enter);
        QDropEvent drop(bench().at("Video 2", 61), Qt::CopyAction, mime.get(), Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&bench().canvas(), &drop);
        QCOMPARE(dropped.count(), 1);
        QCOMPARE(dropped[0][0].toStringList(), QStringList{"/tmp/two\nlines %41.mp4"});
        QCOMPARE(dropped[0][2].value<timeline::RationalTime>(), frames(60)); // where the first clip ends
    }

    void lockedTracksSaySoAndStay() {
        auto locked = timeline::setTrackLocked(bench().now(), trackNamed(bench().now(), "Video 1").id, true);
        bench().document.reset(*locked);
        QSignalSpy errors(&bench().view, &TimelineView::errorRaised);
        const QPoint from = bench().at(m_first, 0.5);
        bench().drag(from, from + QPoint(80, 0));
        QCOMPARE(startOf(bench().now(), m_first), 10);
        QVERIFY(!errors.isEmpty());
    }

    void headersRenameMuteAndLock() {
        const auto names = bench().view.findChildren<QLineEdit*>("trackName");
        QCOMPARE(names.size(), 5);
        names[2]->setFocus();
        names[2]->selectAll();
        QTest::keyClicks(names[2], "Hero");
        QTest::keyClick(names[2], Qt::Key_Return);
        QCOMPARE(QString::fromStdString(bench().now().tracks[2].name), QString("Hero"));
        QTest::mouseClick(bench().view.findChildren<QToolButton*>("trackEnabled")[4], Qt::LeftButton);
        QVERIFY(!bench().now().tracks[0].enabled);
        QTest::mouseClick(bench().view.findChildren<QToolButton*>("trackLock")[3], Qt::LeftButton);
        QVERIFY(bench().now().tracks[1].locked);
        QTest::mouseClick(bench().view.findChildren<QToolButton*>("trackLock")[3], Qt::LeftButton);
        QVERIFY(!bench().now().tracks[1].locked);
    }

    void headersHaveAMenu() {
        QVERIFY(!bench().view.findChild<QToolButton*>("trackMenu")->icon().isNull());
        const auto open = [&](int row) {
            QTest::mouseClick(bench().view.findChildren<QToolButton*>("trackMenu")[row], Qt::LeftButton);
            return bench().view.findChild<QMenu*>("trackMenuPopup");
        };
        QMenu* menu = open(1); // Style, between Prompt and Video 2
        QVERIFY(menu);
        menu->actions()[0]->trigger();
        QCOMPARE(bench().now().tracks[4].name, std::string("Style"));
        menu->close();
        QTRY_VERIFY(!bench().view.findChild<QMenu*>("trackMenuPopup"));
        menu = open(4); // Audio 1 is alone of its kind
        QVERIFY(!menu->actions()[0]->isEnabled() && !menu->actions()[1]->isEnabled());
        menu->actions()[3]->trigger();
        QCOMPARE(bench().now().tracks.size(), std::size_t(4));
    }

    void walkingShowsTheRowToo() {
        bench().view.resize(1100, 160);
        bench().canvas().setScale({4.0, 0.0, 0});
        timeline::Timeline timeline = bench().now();
        const auto sound = lay(timeline, "Audio 1", mediaClip("s", 20), 20);
        QVERIFY(bench().document.apply("x", timeline));
        bench().selection.selectOnly(m_first);
        QTest::keyClick(&bench().canvas(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(bench().selection.current(), sound);
        const QRectF rect = *bench().canvas().layout().itemRect(sound);
        QVERIFY(rect.top() >= 0.0 && rect.bottom() <= bench().canvas().height());
        QTest::keyClick(&bench().canvas(), Qt::Key_PageUp);
        QVERIFY(bench().canvas().layout().itemRect(sound)->bottom() > bench().canvas().height());
    }

    void theBadgeChoosesATake() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(100)), 0);
        for (const char* url : {"one.mkv", "two.mkv"}) {
            timeline =
                *timeline::addTake(timeline, shot, timeline::makeTake(*timeline::findClip(timeline, shot), url, {}));
        }
        bench().document.reset(timeline);
        const auto& layout = bench().canvas().layout();
        QTest::mouseClick(&bench().canvas(), Qt::LeftButton, {},
                          layout.badgeRect(*layout.itemRect(shot)).center().toPoint());
        auto* menu = bench().canvas().findChild<QMenu*>("takeMenu");
        QVERIFY(menu);
        QCOMPARE(menu->actions().size(), 4); // two takes, a line, none
        QVERIFY(menu->actions()[1]->isChecked());
        menu->actions()[0]->trigger();
        QCOMPARE(QString::fromStdString(timeline::findClip(bench().now(), shot)->activeKey), QString("take-1"));
    }

    void clipsThatAreGoneLeaveTheSelection() {
        bench().selection.selectOnly(m_first);
        bench().document.reset(emptyTimeline());
        QVERIFY(bench().selection.isEmpty());
    }
};

QTEST_MAIN(TestTimelineTools)
#include "TestTimelineTools.moc"
