#include "tests/ui/TestTimeline.h"
#include "ui/prompt/ShotTarget.h"

#include <QTest>

using namespace ui;
using namespace testing;

namespace {

const ModelChoice kModel{"starter", "Starter", 25, 2.5, true, true};

} // namespace

/// Which shot a selection stands for, and where a new one is laid.
class TestShotTarget : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPromptStandsForTheShotUnderIt() {
        timeline::Timeline timeline = emptyTimeline();
        const auto prompt = lay(timeline, "Prompt", timeline::makePromptClip({"snow", {}}, frames(50)), 10);
        const auto shot = lay(timeline, "Video 2", timeline::makeShot({}, frames(30)), 20);
        const auto base = lay(timeline, "Video 1", mediaClip("a.mp4", 60), 0);
        const auto sound = lay(timeline, "Audio 1", mediaClip("a.wav", 60), 0);
        QCOMPARE(shotFor(timeline, {prompt}, frames(0)), shot);
        QCOMPARE(shotFor(timeline, {base}, frames(0)), shot);
        QCOMPARE(shotFor(timeline, {sound}, frames(0)), timeline::ItemId{});
        QCOMPARE(shotFor(timeline, {}, frames(25)), shot);
        QCOMPARE(shotFor(timeline, {}, frames(0)), timeline::ItemId{});
    }

    void aNewShotLiesOverItsBase() {
        timeline::Timeline timeline = emptyTimeline();
        const auto base = lay(timeline, "Video 1", mediaClip("walk.mp4", 60), 5);
        const auto made = newShot(timeline, {base}, frames(0), kModel);
        QVERIFY(made);
        const auto place = timeline::findItem(made->timeline, made->shot);
        QCOMPARE(QString::fromStdString(made->timeline.tracks[place->track].name), QString("Video 2"));
        QCOMPARE(place->range, (timeline::TimeRange{frames(5), frames(60)}));
        // What is followed is open: a mask laid over the shot later is to find it free.
        QCOMPARE(timeline::recipeOf(*timeline::findClip(made->timeline, made->shot))->control,
                 timeline::RecipeControl::Auto);
    }

    void aNewShotOverAPromptAloneTakesTheLowestTrack() {
        timeline::Timeline timeline = emptyTimeline();
        const auto prompt = lay(timeline, "Prompt", timeline::makePromptClip({"snow", {}}, frames(50)), 10);
        const auto made = newShot(timeline, {prompt}, frames(0), kModel);
        QVERIFY(made);
        const auto place = timeline::findItem(made->timeline, made->shot);
        QCOMPARE(QString::fromStdString(made->timeline.tracks[place->track].name), QString("Video 1"));
        QCOMPARE(place->range, (timeline::TimeRange{frames(10), frames(50)}));
    }

    void aNewShotGetsATrackWhereThereIsNoRoom() {
        timeline::Timeline timeline = emptyTimeline();
        const auto base = lay(timeline, "Video 1", mediaClip("walk.mp4", 60), 0);
        lay(timeline, "Video 2", timeline::makeTitleClip({}, frames(60)), 0);
        const auto made = newShot(timeline, {base}, frames(0), kModel);
        QVERIFY(made);
        const auto place = timeline::findItem(made->timeline, made->shot);
        QCOMPARE(made->timeline.tracks.size(), timeline.tracks.size() + 1);
        QCOMPARE(place->track, std::size_t(2)); // between walk.mp4 and the title
        QCOMPARE(QString::fromStdString(made->timeline.tracks[3].name), QString("Video 2"));
    }
};

QTEST_MAIN(TestShotTarget)
#include "TestShotTarget.moc"
