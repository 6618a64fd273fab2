#include "tests/ui/TestTimeline.h"
#include "ui/prompt/ContinueShot.h"

#include "timeline/edit/Takes.h"
#include "timeline/model/ShotContext.h"

#include <QTest>

using namespace ui;
using namespace testing;

/// Shots that go on from the film beside them, as edits.
class TestContinueShot : public QObject {
    Q_OBJECT

private:
    static ModelChoice model() {
        ModelChoice choice{"starter", "Starter", 25, 2.5, true, true};
        choice.seconds = 2.0;
        return choice;
    }
    static std::int64_t lengthOf(const timeline::Timeline& timeline, timeline::ItemId item) {
        return endOf(timeline, item) - startOf(timeline, item);
    }

private Q_SLOTS:
    void aClipIsExtendedIntoTheGap() {
        timeline::Timeline timeline = emptyTimeline();
        const auto clip = lay(timeline, "Video 1", mediaClip("walk.mp4", 40), 100);
        const auto forward = extendClip(timeline, clip, Extension::Forward, model());
        QVERIFY2(forward.made, qPrintable(forward.problem));
        const timeline::ItemId shot = forward.made->shot;
        QCOMPARE(startOf(forward.made->timeline, shot), std::int64_t(140));
        QCOMPARE(lengthOf(forward.made->timeline, shot),
                 std::int64_t(50 - 19)); // two seconds less what it goes on from
        const auto context = timeline::shotContext(forward.made->timeline, shot);
        QCOMPARE(context->leadIn, frames(19));
        QCOMPARE(timeline::shotVerb(*context), timeline::ShotVerb::Extend);
        // As long as the gap, where that is shorter.
        lay(timeline, "Video 1", mediaClip("run.mp4", 40), 150);
        const auto shorter = extendClip(timeline, clip, Extension::Forward, model());
        QCOMPARE(lengthOf(shorter.made->timeline, shorter.made->shot), std::int64_t(10));
        const auto backward = extendClip(timeline, clip, Extension::Backward, model());
        QCOMPARE(endOf(backward.made->timeline, backward.made->shot), std::int64_t(100));
        QCOMPARE(timeline::shotContext(backward.made->timeline, backward.made->shot)->leadOut, frames(19));
        const auto first = lay(timeline, "Video 2", mediaClip("run.mp4", 40), 0);
        QVERIFY(!extendClip(timeline, first, Extension::Backward, model()).problem.isEmpty());
        QVERIFY(!extendClip(timeline, {}, Extension::Forward, model()).problem.isEmpty());
    }

    void anExtensionTakesOverRecipeAndPrompt() {
        timeline::Timeline timeline = emptyTimeline();
        timeline::Recipe recipe;
        recipe.seed = 7;
        recipe.loras = {{"look.safetensors"}};
        const auto shot = lay(timeline, "Video 1", timeline::makeShot(recipe, frames(40)), 0);
        timeline =
            *timeline::addTake(timeline, shot, timeline::makeTake(*timeline::findClip(timeline, shot), "one.mkv", {}));
        lay(timeline, "Prompt", timeline::makePromptClip({"snow", {}}, frames(20)), 0);
        lay(timeline, "Prompt", timeline::makePromptClip({"rain", "fog"}, frames(20)), 20);
        const auto made = extendClip(timeline, shot, Extension::Forward, model()).made;
        QVERIFY(made);
        const auto taken = timeline::recipeOf(*timeline::findClip(made->timeline, made->shot));
        QCOMPARE(taken->prompt, std::string("rain"));
        QCOMPARE(taken->negativePrompt, std::string("fog"));
        QCOMPARE(taken->loras, recipe.loras);
        QVERIFY(!taken->seed);
    }

    void aGapBetweenTwoClipsIsFilled() {
        timeline::Timeline timeline = emptyTimeline();
        const auto left = lay(timeline, "Video 1", mediaClip("a.mp4", 40), 0);
        const auto right = lay(timeline, "Video 1", mediaClip("b.mp4", 40), 70);
        for (const std::vector<timeline::ItemId>& selected :
             {std::vector{left, right}, std::vector{right, left}, std::vector<timeline::ItemId>{}}) {
            const auto made = fillGap(timeline, selected, frames(50), model());
            QVERIFY2(made.made, qPrintable(made.problem));
            QCOMPARE(startOf(made.made->timeline, made.made->shot), std::int64_t(40));
            QCOMPARE(endOf(made.made->timeline, made.made->shot), std::int64_t(70));
            const auto context = timeline::shotContext(made.made->timeline, made.made->shot);
            QCOMPARE(timeline::shotVerb(*context), timeline::ShotVerb::Fill);
        }
        QVERIFY(!fillGap(timeline, {left}, frames(10), model()).problem.isEmpty());
    }

    void aPartOfAClipIsMadeAnew() {
        timeline::Timeline timeline = emptyTimeline();
        const auto clip = lay(timeline, "Video 1", mediaClip("walk.mp4", 60), 0);
        const auto made = retakePart(timeline, clip, {frames(20), frames(15)}, model());
        QVERIFY2(made.made, qPrintable(made.problem));
        const timeline::Timeline& cut = made.made->timeline;
        QCOMPARE(startOf(cut, made.made->shot), std::int64_t(20));
        QCOMPARE(endOf(cut, made.made->shot), std::int64_t(35));
        // It shows what was there, as its first take, and joins both sides.
        const timeline::Clip& shot = *timeline::findClip(cut, made.made->shot);
        QVERIFY(timeline::isShot(shot));
        QCOMPARE(shot.activeKey, std::string("take-1"));
        QCOMPARE(std::get<timeline::ExternalReference>(*timeline::activeReference(shot)).url, std::string("walk.mp4"));
        const auto context = timeline::shotContext(cut, made.made->shot);
        QCOMPARE(context->leadIn, frames(19));
        QCOMPARE(context->leadOut, frames(19));
        // At the clip's own edge there is nothing to join.
        const auto edge = retakePart(timeline, clip, {frames(0), frames(15)}, model());
        QCOMPARE(timeline::shotContext(edge.made->timeline, edge.made->shot)->leadIn, frames(0));
        QVERIFY(!retakePart(timeline, clip, {frames(0), frames(60)}, model()).problem.isEmpty());
        QVERIFY(!retakePart(timeline, clip, {}, model()).problem.isEmpty());
    }
};

QTEST_MAIN(TestContinueShot)
#include "TestContinueShot.moc"
