// A few thousand seeded random edits: the invariants hold after each, and undo leads back to the start.
#include "tests/timeline/edit/TextTimeline.h"

#include "timeline/document/TimelineDocument.h"
#include "timeline/edit/Insert.h"
#include "timeline/edit/Lift.h"
#include "timeline/edit/Markers.h"
#include "timeline/edit/Move.h"
#include "timeline/edit/Overwrite.h"
#include "timeline/edit/Ripple.h"
#include "timeline/edit/SetProperty.h"
#include "timeline/edit/SetRecipe.h"
#include "timeline/edit/Slice.h"
#include "timeline/edit/Takes.h"
#include "timeline/edit/Tracks.h"
#include "timeline/edit/Transitions.h"
#include "timeline/edit/Trim.h"
#include "timeline/model/Invariants.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"
#include "timeline/model/ShotContext.h"

#include <QTest>
#include <QUndoStack>

#include <random>

using namespace timeline;
using text::frames;

namespace {

/// Random edits, the same for a seed on every machine.
class RandomEditor {
public:
    explicit RandomEditor(std::uint32_t seed) : m_random(seed) {}

    std::int64_t below(std::int64_t limit) {
        return limit <= 0 ? 0 : static_cast<std::int64_t>(m_random() % static_cast<std::uint64_t>(limit));
    }

    Result<Timeline> edit(const Timeline& timeline) {
        const TrackId track = timeline.tracks[static_cast<std::size_t>(below(std::ssize(timeline.tracks)))].id;
        const std::vector<ItemId> some = items(timeline);
        const ItemId item = some.empty() ? ItemId{} : some.front();
        const RationalTime time = frames(below(400) - 2);
        switch (below(22)) {
        case 0:
        case 1:
            return overwrite(timeline, track, clip(), time);
        case 2:
            return insert(timeline, track, clip(), time);
        case 3:
            return slice(timeline, track, time);
        case 4:
            return sliceAll(timeline, time);
        case 5:
            return trimHead(timeline, item, time);
        case 6:
            return trimTail(timeline, item, time);
        case 7:
            return rippleDelete(timeline, some);
        case 8:
            return rippleTrimTail(timeline, item, time);
        case 9:
            return lift(timeline, some);
        case 10:
            return liftRange(timeline, track, {time, frames(below(20))});
        case 11:
            return moveClip(timeline, item, track, time);
        case 12:
            return moveClips(timeline, some, frames(below(40) - 20), static_cast<int>(below(3)) - 1);
        case 13:
        case 14:
        case 15:
            return addTransition(timeline, item, frames(below(6)), frames(below(6)));
        case 16:
            return removeTransition(timeline, item);
        case 17:
            return addTake(timeline, item, {});
        case 18:
            return setRecipe(timeline, item, recipe());
        case 19:
            return setProperties(timeline, item, {static_cast<double>(below(5)) / 3.0, 0.0, {}});
        case 20:
            return moveTrack(timeline, track, static_cast<std::size_t>(below(5)));
        default:
            return setTrackLocked(timeline, track, below(8) == 0);
        }
    }

private:
    Recipe recipe() {
        Recipe random;
        random.seed = m_random();
        return random;
    }

    Clip clip() {
        if (below(4) == 0) {
            return makeShot({}, frames(1 + below(30)));
        }
        ExternalReference file;
        file.url = "clip.mov";
        const FrameRate rate = below(2) == 0 ? FrameRate(25) : FrameRate(24000, 1001);
        const RationalTime start(below(20), rate);
        if (below(3) > 0) {
            file.availableRange = TimeRange{RationalTime(0, rate), RationalTime(60, rate)};
        }
        return makeMediaClip(file, {start, frames(1 + below(30))});
    }

    /// One or two items, seldom of one that does not exist.
    std::vector<ItemId> items(const Timeline& timeline) {
        std::vector<ItemId> all;
        for (const Track& track : timeline.tracks) {
            for (const ItemPtr& item : track.items) {
                all.push_back(itemId(*item));
            }
        }
        if (all.empty() || below(50) == 0) {
            return {ItemId{12345}};
        }
        std::vector<ItemId> some{all[static_cast<std::size_t>(below(std::ssize(all)))]};
        if (below(3) == 0) {
            some.push_back(all[static_cast<std::size_t>(below(std::ssize(all)))]);
        }
        return some;
    }

    std::mt19937 m_random;
};

Timeline emptyTimeline() {
    Timeline timeline;
    for (const TrackKind kind :
         {TrackKind::Audio, TrackKind::Video, TrackKind::Video, TrackKind::Video, TrackKind::Style}) {
        timeline.tracks.push_back(makeTrack(kind, "t"));
    }
    return timeline;
}

/// What a track shows at each frame, as a clip's name and moment would.
std::string pictures(const Timeline& timeline) {
    std::string all;
    for (const Track& track : timeline.tracks) {
        for (std::int64_t frame = 0; frame < trackDuration(timeline, track).value(); ++frame) {
            const auto shown = clipAt(timeline, track, frames(frame));
            all += shown ? std::to_string(shown->sourceTime.rescaledTo(FrameRate(24000)).value()) + ' ' : "- ";
        }
        all += '\n';
    }
    return all;
}

} // namespace

class TestRandomEdits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepInvariantsAndUndo_data();
    void keepInvariantsAndUndo();
    void sliceChangesNoPicture();
    void manyClips();
};

void TestRandomEdits::keepInvariantsAndUndo_data() {
    QTest::addColumn<std::uint32_t>("seed");
    for (std::uint32_t seed = 1; seed <= 6; ++seed) {
        QTest::addRow("seed %u", seed) << seed;
    }
}

void TestRandomEdits::keepInvariantsAndUndo() {
    QFETCH(std::uint32_t, seed);
    RandomEditor random(seed);
    TimelineDocument document;
    document.reset(emptyTimeline());
    std::vector<TimelinePtr> history{document.timeline()};
    int succeeded = 0;
    for (int step = 0; step < 900; ++step) {
        auto edited = random.edit(*document.timeline());
        if (!edited) {
            QVERIFY2(edited.error().code != ErrorCode::InvariantBroken, edited.error().detail.c_str());
            continue;
        }
        const auto sound = checkInvariants(*edited);
        QVERIFY2(sound.has_value(),
                 sound ? "" : qPrintable(QString("step %1: %2").arg(step).arg(sound.error().detail.c_str())));
        QVERIFY(document.apply("edit", std::move(edited)).has_value());
        succeeded += 1;
        if (document.timeline() != history.back()) {
            history.push_back(document.timeline());
        }
    }
    QVERIFY(succeeded > 300);
    QCOMPARE(document.undoStack().count(), static_cast<int>(history.size()) - 1);
    for (std::size_t step = history.size() - 1; step > 0; --step) {
        document.undoStack().undo();
        QVERIFY(*document.timeline() == *history[step - 1]);
    }
    QVERIFY(!document.undoStack().canUndo());
    document.undoStack().setIndex(document.undoStack().count());
    QVERIFY(*document.timeline() == *history.back());
}

void TestRandomEdits::sliceChangesNoPicture() {
    RandomEditor random(99);
    Timeline timeline = emptyTimeline();
    for (int step = 0; step < 60; ++step) {
        timeline = random.edit(timeline).value_or(timeline);
    }
    for (int cut = 0; cut < 40; ++cut) {
        const std::string before = pictures(timeline);
        const auto sliced = sliceAll(timeline, frames(random.below(400)));
        QVERIFY(sliced.has_value());
        QVERIFY(pictures(*sliced) == before);
        timeline = *sliced;
    }
}

void TestRandomEdits::manyClips() {
    // 4 tracks of 1,000 clips: an edit shares all but what it touches.
    Timeline timeline = emptyTimeline();
    for (std::size_t track = 0; track < 4; ++track) {
        for (int index = 0; index < 1000; ++index) {
            timeline.tracks[track].items.push_back(makeItem(makeMediaClip({}, {frames(0), frames(5)})));
        }
    }
    RandomEditor random(4);
    TimelineDocument document;
    document.reset(timeline);
    for (int step = 0; step < 2000; ++step) {
        auto edited = random.edit(*document.timeline());
        if (edited) {
            QVERIFY(document.apply("edit", std::move(edited)).has_value());
        }
    }
    QVERIFY(checkInvariants(*document.timeline()).has_value());
    QVERIFY(document.undoStack().count() <= TimelineDocument::kUndoLimit);
}

QTEST_APPLESS_MAIN(TestRandomEdits)
#include "TestRandomEdits.moc"
