#include "tests/ui/TestTimeline.h"
#include "ui/prompt/ShotPanel.h"
#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/state/ShotStates.h"

#include "timeline/edit/Lift.h"
#include "timeline/edit/Takes.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <QWheelEvent>

#include <memory>

using namespace ui;
using namespace testing;

/// The shot panel over a real document.
class TestShotPanel : public QObject {
    Q_OBJECT

private:
    struct Bench {
        timeline::TimelineDocument document;
        Selection selection;
        Playhead playhead;
        ShotStates states;
        ShotPanel panel{{document, selection, playhead, states, nullptr}};

        explicit Bench(const timeline::Timeline& timeline) {
            document.reset(timeline);
            panel.resize(320, 900);
            panel.show();
        }
        template <typename T>
        T* child(const char* name) {
            return panel.findChild<T*>(QLatin1String(name));
        }
        timeline::Recipe recipe(timeline::ItemId shot) {
            return *timeline::recipeOf(*timeline::findClip(*document.timeline(), shot));
        }
    };

    static ModelChoice model() {
        ModelChoice choice{"starter", "Starter", 25, 2.5, true, true};
        choice.seconds = 2.0;
        return choice;
    }

private Q_SLOTS:
    void lorasAreAddedAndChanged() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 0);
        Bench bench(timeline);
        bench.panel.setLoras({"look.safetensors", "face.safetensors"});
        bench.selection.selectOnly(shot);
        auto* menu = bench.child<QMenu>("loraMenu");
        Q_EMIT menu->aboutToShow();
        QCOMPARE(menu->actions().first()->text(), QString("look.safetensors"));
        menu->actions().first()->trigger();
        QCOMPARE(bench.recipe(shot).loras, (std::vector<timeline::RecipeLora>{{"look.safetensors", {{0.0, 1.0}}}}));
        bench.child<QDoubleSpinBox>("loraStrength")->setValue(0.8);
        bench.child<QDoubleSpinBox>("loraEndStrength")->setValue(0.2);
        QCOMPARE(bench.recipe(shot).loras.front().points,
                 (std::vector<timeline::RecipeLora::Point>{{0.0, 0.8}, {1.0, 0.2}}));
        QTest::mouseClick(bench.child<QToolButton>("removeLora"), Qt::LeftButton);
        QVERIFY(bench.recipe(shot).loras.empty());
        bench.document.undoStack().undo();
        QCOMPARE(bench.recipe(shot).loras.size(), std::size_t(1));
        QVERIFY(bench.child<QDoubleSpinBox>("loraStrength"));
    }

    void aMissingLoraIsShown() {
        timeline::Timeline timeline = emptyTimeline();
        timeline::Recipe recipe;
        recipe.loras = {{"gone.safetensors"}};
        const auto shot = lay(timeline, "Video 1", timeline::makeShot(recipe, frames(40)), 0);
        Bench bench(timeline);
        bench.selection.selectOnly(shot);
        QCOMPARE(bench.child<QLabel>("loraName")->text(), QString("gone (missing)"));
        bench.panel.setLoras({"gone.safetensors"});
        QCOMPARE(bench.child<QLabel>("loraName")->text(), QString("gone"));
    }

    void advancedSettingsAreFoldedAwayAndEditTheRecipe() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 0);
        Bench bench(timeline);
        bench.panel.setModels({model()});
        bench.selection.selectOnly(shot);
        auto* sampler = bench.child<QComboBox>("sampler");
        QVERIFY(!sampler->isVisible());
        QTest::mouseClick(bench.child<QToolButton>("advancedFold"), Qt::LeftButton);
        QVERIFY(sampler->isVisible());
        QTest::keyClick(sampler, Qt::Key_Down);
        QCOMPARE(bench.recipe(shot).sampler, std::string("euler"));
        bench.child<QSpinBox>("guidanceTo")->setValue(60);
        QCOMPARE(bench.recipe(shot).tuning.guidanceTo, 0.6);
        bench.child<QSpinBox>("guidanceFrom")->setValue(80); // the end is never before the beginning
        QCOMPARE(bench.recipe(shot).tuning.guidanceTo, 0.8);
        bench.child<QDoubleSpinBox>("shift")->setValue(5.0);
        QCOMPARE(bench.recipe(shot).shift, std::optional(5.0));
        for (int i = 0; i < 4; ++i) {
            bench.document.undoStack().undo();
        }
        QCOMPARE(bench.recipe(shot), timeline::Recipe{});
        QCOMPARE(bench.child<QSpinBox>("guidanceTo")->value(), 100);
    }

    void whatTheModelDoesNotKnowCannotBeChosen() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 2", timeline::makeShot({}, frames(40)), 0);
        lay(timeline, "Video 1", mediaClip("walk.mp4", 40), 0);
        Bench bench(timeline);
        bench.panel.setModels({model()});
        bench.selection.selectOnly(shot);
        auto* control = bench.child<QComboBox>("control");
        const auto isOffered = [&](timeline::RecipeControl kind) {
            return bool(control->model()->flags(control->model()->index(control->findData(static_cast<int>(kind)), 0)) &
                        Qt::ItemIsEnabled);
        };
        QVERIFY(isOffered(timeline::RecipeControl::Edges));
        QVERIFY(!isOffered(timeline::RecipeControl::Depth));
        ModelChoice vace = model();
        vace.knowsDepth = true;
        bench.panel.setModels({vace});
        bench.selection.clear();
        bench.selection.selectOnly(shot);
        QVERIFY(isOffered(timeline::RecipeControl::Depth));
    }

    void severalTakesAreAskedForAtOnce() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 0);
        Bench bench(timeline);
        bench.selection.selectOnly(shot);
        QSignalSpy generated(&bench.panel, &ShotPanel::generateRequested);
        bench.child<QSpinBox>("takeCount")->setValue(3);
        QTest::mouseClick(bench.child<QPushButton>("generateButton"), Qt::LeftButton);
        QCOMPARE(generated.at(0).at(1).toInt(), 3);
        bench.panel.generate(4); // the menu's number counts more than the field's
        QCOMPARE(generated.at(1).at(1).toInt(), 4);
    }

    void aNoteDoesNotKeepFromGenerating() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 0);
        Bench bench(timeline);
        bench.panel.setCheck([](const timeline::ShotContext&) { return ShotCheck{{}, QStringLiteral("blended")}; });
        bench.selection.selectOnly(shot);
        QVERIFY(bench.child<QPushButton>("generateButton")->isEnabled());
        QCOMPARE(bench.child<QLabel>("shotNote")->text(), QString("blended"));
    }

    void theButtonNamesItself() {
        timeline::Timeline timeline = emptyTimeline();
        const auto alone = lay(timeline, "Video 2", timeline::makeShot({}, frames(40)), 100);
        const auto over = lay(timeline, "Video 2", timeline::makeShot({}, frames(40)), 0);
        lay(timeline, "Video 1", mediaClip("walk.mp4", 40), 0);
        const auto bare = lay(timeline, "Video 1", mediaClip("run.mp4", 40), 200);
        Bench bench(timeline);
        bench.selection.selectOnly(bare); // no shot yet: named after the one that would be made
        QCOMPARE(bench.child<QPushButton>("generateButton")->text(), QString("Restyle"));
        bench.selection.selectOnly(alone);
        QCOMPARE(bench.child<QPushButton>("generateButton")->text(), QString("Generate"));
        bench.selection.selectOnly(over);
        QCOMPARE(bench.child<QPushButton>("generateButton")->text(), QString("Restyle"));
    }

    void theButtonGeneratesAndMakesTheShotFirst() {
        timeline::Timeline timeline = emptyTimeline();
        const auto base = lay(timeline, "Video 1", mediaClip("walk.mp4", 60), 0);
        Bench bench(timeline);
        bench.panel.setModels({model()});
        QSignalSpy generated(&bench.panel, &ShotPanel::generateRequested);
        bench.selection.selectOnly(base);
        QTest::mouseClick(bench.child<QPushButton>("generateButton"), Qt::LeftButton);
        QCOMPARE(generated.count(), 1);
        const auto shot = generated[0][0].value<timeline::ItemId>();
        QVERIFY(timeline::isShot(*timeline::findClip(*bench.document.timeline(), shot)));
        QCOMPARE(bench.selection.current(), shot);
        QCOMPARE(bench.recipe(shot).model, std::string("starter"));
    }

    void whatAMaskLeavesToBeMadeIsRed() {
        timeline::Timeline timeline = emptyTimeline();
        lay(timeline, "Video 1", mediaClip("walk.mp4", 40), 0);
        const auto shot = lay(timeline, "Video 2", timeline::makeShot({}, frames(40)), 0);
        timeline.tracks.push_back(timeline::makeTrack(timeline::TrackKind::Mask, "Mask"));
        lay(timeline, "Mask", mediaClip("mask.png", 40), 0);
        Bench bench(timeline);
        bench.selection.selectOnly(shot);
        QCOMPARE(bench.child<QPushButton>("generateButton")->text(), QString("Inpaint"));
        auto* view = bench.child<QWidget>("baseView");
        QVERIFY2(view->accessibleName().contains("red"), qPrintable(view->accessibleName()));
        QImage grey(160, 90, QImage::Format_RGB32);
        grey.fill(Qt::gray);
        QImage mask(160, 90, QImage::Format_RGB32);
        mask.fill(Qt::black);
        QPainter(&mask).fillRect(0, 0, 80, 90, Qt::white);
        bench.panel.setBaseImage(shot, grey, mask);
        const QImage shown = view->grab().toImage();
        const auto redness = [&](double across) {
            const QColor color = shown.pixelColor(static_cast<int>(shown.width() * across), shown.height() / 3);
            return color.red() - color.green();
        };
        QVERIFY(redness(0.48) > 40); // the picture is in the middle
        QCOMPARE(redness(0.52), 0);
    }

    void whatCannotRunSaysWhy() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 0);
        Bench bench(timeline);
        bench.panel.setCheck([](const timeline::ShotContext&) { return ShotCheck{QStringLiteral("no model"), {}}; });
        bench.selection.selectOnly(shot);
        QVERIFY(!bench.child<QPushButton>("generateButton")->isEnabled());
        QCOMPARE(bench.child<QLabel>("shotProblem")->text(), QString("no model"));
        QSignalSpy generated(&bench.panel, &ShotPanel::generateRequested);
        bench.panel.generate();
        QCOMPARE(generated.count(), 0);
    }

    void settingsAreEditsOfTheRecipe() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 2", timeline::makeShot({}, frames(40)), 0);
        lay(timeline, "Video 1", mediaClip("walk.mp4", 40), 0);
        Bench bench(timeline);
        bench.panel.setModels({model()});
        bench.selection.selectOnly(shot);
        QTest::keyClicks(bench.child<QLineEdit>("seed"), "4711");
        QTest::keyClick(bench.child<QLineEdit>("seed"), Qt::Key_Return);
        QCOMPARE(bench.recipe(shot).seed, std::optional<std::uint64_t>(4711));
        bench.child<QSpinBox>("steps")->setValue(12);
        QCOMPARE(bench.recipe(shot).steps, 12);
        QVERIFY(bench.child<QSlider>("strength")->isEnabled());
        bench.child<QSlider>("strength")->setValue(40);
        QCOMPARE(bench.recipe(shot).strength, 0.4);
        auto* control = bench.child<QComboBox>("control");
        QTest::keyClick(control, Qt::Key_Down);
        QCOMPARE(bench.recipe(shot).control, timeline::RecipeControl::None);
        QVERIFY(bench.child<QSlider>("strength")->isEnabled());
        QTest::keyClick(control, Qt::Key_Down);
        QCOMPARE(bench.recipe(shot).control, timeline::RecipeControl::Edges);
        QVERIFY(!bench.child<QSlider>("strength")->isEnabled());
        for (int i = 0; i < 5; ++i) {
            bench.document.undoStack().undo();
        }
        QCOMPARE(bench.recipe(shot), timeline::Recipe{});
        QCOMPARE(bench.child<QSpinBox>("steps")->value(), 0);
    }

    void aMissingModelIsShownAndKept() {
        timeline::Timeline timeline = emptyTimeline();
        timeline::Recipe recipe;
        recipe.model = "gone";
        recipe.guidance = 2.55; // finer than the field shows
        const auto shot = lay(timeline, "Video 1", timeline::makeShot(recipe, frames(40)), 0);
        const auto unnamed = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 50);
        Bench bench(timeline);
        ModelChoice other = model();
        other.name = other.label = "other";
        bench.panel.setModels({other, model()}); // "other" is the preferred one
        bench.selection.selectOnly(shot);
        auto* models = bench.child<QComboBox>("model");
        QCOMPARE(models->currentText(), QString("gone (missing)"));
        bench.child<QSpinBox>("steps")->setValue(9);
        QCOMPARE(bench.recipe(shot).model, std::string("gone"));
        QCOMPARE(bench.recipe(shot).guidance, std::optional(2.55));
        bench.selection.selectOnly(unnamed);
        QCOMPARE(models->currentText(), QString("other"));
        QCOMPARE(models->count(), 2);
        bench.child<QSpinBox>("steps")->setValue(9);
        QVERIFY(bench.recipe(unnamed).model.empty());
        bench.selection.selectOnly(shot);
        bench.selection.clear();
        bench.playhead.seek(frames(200));
        QVERIFY(bench.panel.makeShot());
        QCOMPARE(bench.recipe(bench.selection.current()).model, std::string("other"));
    }

    void typingWritesThePromptClipAsOneStep() {
        timeline::Timeline timeline = emptyTimeline();
        const auto prompt = lay(timeline, "Prompt", timeline::makePromptClip({"", {}}, frames(40)), 0);
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 0);
        Bench bench(timeline);
        bench.selection.selectOnly(shot);
        auto* text = bench.child<QPlainTextEdit>("promptText");
        QFocusEvent in(QEvent::FocusIn);
        QCoreApplication::sendEvent(text, &in);
        QTest::keyClicks(text, "a red balloon");
        QTRY_COMPARE(bench.panel.context().prompts.at(0).prompt.text, std::string("a red balloon"));
        QTest::keyClicks(text, " rises");
        QTRY_COMPARE(bench.panel.context().prompts.at(0).prompt.text, std::string("a red balloon rises"));
        QCOMPARE(bench.panel.context().prompts.at(0).clip, prompt);
        QCOMPARE(bench.document.undoStack().count(), 1);
    }

    void aShotWithoutPromptClipsHasItsOwn() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 0);
        Bench bench(timeline);
        bench.selection.selectOnly(shot);
        QTest::keyClicks(bench.child<QPlainTextEdit>("promptText"), "sea");
        QTRY_COMPARE(bench.recipe(shot).prompt, std::string("sea"));
    }

    void theBaseIsAskedFor() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 2", timeline::makeShot({}, frames(40)), 0);
        lay(timeline, "Video 1", mediaClip("walk.mp4", 40), 0);
        Bench bench(timeline);
        QSignalSpy wanted(&bench.panel, &ShotPanel::baseWanted);
        bench.selection.selectOnly(shot);
        QTRY_COMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].value<timeline::ShotContext>().shot, shot);
    }

    void takesAreChosenAndRemoved() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 0);
        for (const char* url : {"one.mkv", "two.mkv", "three.mkv"}) {
            timeline =
                *timeline::addTake(timeline, shot, timeline::makeTake(*timeline::findClip(timeline, shot), url, {}));
        }
        Bench bench(timeline);
        bench.selection.selectOnly(shot);
        auto* list = bench.child<QListWidget>("takeListView");
        QCOMPARE(list->count(), 3);
        list->setCurrentRow(2);
        QTest::mouseClick(bench.child<QToolButton>("chooseTake"), Qt::LeftButton);
        QCOMPARE(timeline::findClip(*bench.document.timeline(), shot)->activeKey, std::string("take-1"));
        list->setCurrentRow(0);
        QTest::mouseClick(bench.child<QToolButton>("removeTake"), Qt::LeftButton);
        QCOMPARE(list->count(), 2);
        bench.document.undoStack().undo();
        QCOMPARE(list->count(), 3);
    }

    void stepsBeginAtTheModelsOwnNumber() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 0);
        Bench bench(timeline);
        bench.panel.setModels({model()}); // 25 steps, guidance 2.5
        bench.selection.selectOnly(shot);
        auto* steps = bench.child<QSpinBox>("steps");
        auto* guidance = bench.child<QDoubleSpinBox>("guidance");
        QTest::keyClick(steps, Qt::Key_Up);
        QCOMPARE(bench.recipe(shot).steps, 26);
        QTest::keyClick(guidance, Qt::Key_Down);
        QCOMPARE(bench.recipe(shot).guidance, std::optional(2.0));
        QTest::keyClick(guidance, Qt::Key_Up);
        QTest::keyClick(guidance, Qt::Key_Up);
        QCOMPARE(bench.recipe(shot).guidance, std::optional(3.0));
    }

    void theWheelChangesNothingInPassing() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 2", timeline::makeShot({}, frames(40)), 0);
        lay(timeline, "Video 1", mediaClip("walk.mp4", 40), 0);
        lay(timeline, "Style", mediaClip("oil.png", 40), 0);
        Bench bench(timeline);
        bench.panel.setModels({model()});
        bench.selection.selectOnly(shot);
        const auto turn = [](QWidget* widget) {
            const QPointF place = QRectF(widget->rect()).center();
            QWheelEvent wheel(place, widget->mapToGlobal(place), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                              Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(widget, &wheel);
        };
        for (const char* name : {"model", "control", "strength", "steps", "guidance", "styleStrength"}) {
            bench.child<QWidget>(name)->clearFocus();
            turn(bench.child<QWidget>(name));
        }
        QCOMPARE(bench.document.undoStack().count(), 0);
        bench.panel.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&bench.panel));
        bench.child<QWidget>("steps")->setFocus(Qt::MouseFocusReason);
        turn(bench.child<QWidget>("steps"));
        turn(bench.child<QWidget>("steps"));
        QCOMPARE(bench.recipe(shot).steps, 23);
        QCOMPARE(bench.document.undoStack().count(), 1); // one visit, one step
    }

    void theShotUnderThePlayheadShowsWherePlayingStops() {
        timeline::Timeline timeline = emptyTimeline();
        const auto first = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 0);
        const auto second = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 40);
        Bench bench(timeline);
        QCOMPARE(bench.panel.shot(), first);
        bench.playhead.follow(frames(50));
        QCOMPARE(bench.panel.shot(), first); // not while it plays: the panel would flicker
        bench.playhead.stopAt(frames(52));
        QCOMPARE(bench.panel.shot(), second);
    }

    void aPanelWithoutAShotWritesInNoPrompt() {
        timeline::Timeline timeline = emptyTimeline();
        const auto prompt = lay(timeline, "Prompt", timeline::makePromptClip({"old", {}}, frames(40)), 0);
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 0);
        Bench bench(timeline);
        bench.selection.selectOnly(shot);
        QVERIFY(bench.document.apply("x", timeline::lift(*bench.document.timeline(), {shot})));
        auto* text = bench.child<QPlainTextEdit>("promptText");
        QVERIFY(text->toPlainText().isEmpty());
        bench.panel.focusPrompt();
        QVERIFY(!text->hasFocus());
        bench.selection.selectOnly(prompt);
        QCOMPARE(bench.panel.selectedPrompt(), prompt);
    }

    void tabGoesFromTheTakesToTheButton() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 0);
        lay(timeline, "Style", mediaClip("oil.png", 40), 0);
        Bench bench(timeline);
        bench.selection.selectOnly(shot);
        QStringList order;
        for (QWidget* w = bench.child<QWidget>("promptText"); order.size() < 60; w = w->nextInFocusChain()) {
            if ((w->focusPolicy() & Qt::TabFocus) && w->isVisibleTo(&bench.panel) &&
                !w->objectName().startsWith("qt_")) {
                order << w->objectName();
            }
        }
        const QStringList wanted{"promptText", "styleStrength", "model", "steps", "takeListView", "generateButton"};
        for (int i = 1; i < wanted.size(); ++i) {
            QVERIFY2(order.indexOf(wanted[i - 1]) < order.indexOf(wanted[i]), qPrintable(order.join(' ')));
        }
    }

    void theTakesStayWhereTheyAreScrolledTo() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 0);
        for (int i = 0; i < 30; ++i) {
            timeline = *timeline::addTake(timeline, shot,
                                          timeline::makeTake(*timeline::findClip(timeline, shot), "take.mkv", {}));
        }
        Bench bench(timeline);
        bench.selection.selectOnly(shot);
        auto* bar = bench.child<QListWidget>("takeListView")->verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 4);
        bar->setValue(4);
        QVERIFY(bench.document.apply("x", timeline::chooseTake(*bench.document.timeline(), shot, "take-3")));
        QCOMPARE(bar->value(), 4);
    }

    void aRunningShotCanBeCancelled() {
        timeline::Timeline timeline = emptyTimeline();
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(40)), 0);
        Bench bench(timeline);
        bench.selection.selectOnly(shot);
        auto* cancel = bench.child<QToolButton>("cancelShotButton");
        QVERIFY(!cancel->isVisible());
        bench.states.setState(shot, {ShotState::Phase::Running, 0.5, false, false});
        QVERIFY(cancel->isVisible());
        QSignalSpy cancelled(&bench.panel, &ShotPanel::cancelRequested);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QCOMPARE(cancelled.count(), 1);
    }
};

QTEST_MAIN(TestShotPanel)
#include "TestShotPanel.moc"
