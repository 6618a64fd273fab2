// Each verb on text timelines: before, edit, after.
#include "tests/timeline/edit/TextTimeline.h"

#include "timeline/edit/Insert.h"
#include "timeline/edit/Lift.h"
#include "timeline/edit/Move.h"
#include "timeline/edit/Overwrite.h"
#include "timeline/edit/Ripple.h"
#include "timeline/edit/SetProperty.h"
#include "timeline/edit/Slice.h"
#include "timeline/edit/Transitions.h"
#include "timeline/edit/Trim.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

#include <QTest>

using namespace timeline;
using namespace text;

Q_DECLARE_METATYPE(std::function<Result<Timeline>(const Timeline&)>)

namespace {

using Edit = std::function<Result<Timeline>(const Timeline&)>;

void row(const char* before, const char* name, Edit edit, const char* after) {
    QTest::addRow("%s: %s", before, name) << std::string(before) << std::move(edit) << std::string(after);
}

Edit overwriteWith(const char* clip, int at, std::size_t track = 0) {
    return [=](const Timeline& t) { return overwrite(t, trackId(track), clipOf(clip), frames(at)); };
}
Edit insertAt(const char* clip, int at) {
    return [=](const Timeline& t) { return insert(t, trackId(), clipOf(clip), frames(at)); };
}
Edit sliceAt(int at) {
    return [=](const Timeline& t) { return slice(t, trackId(), frames(at)); };
}
Edit headTo(char clip, int at) {
    return [=](const Timeline& t) { return trimHead(t, idOf(clip), frames(at)); };
}
Edit tailTo(char clip, int at) {
    return [=](const Timeline& t) { return trimTail(t, idOf(clip), frames(at)); };
}
Edit moveTo(char clip, int at, std::size_t track = 0) {
    return [=](const Timeline& t) { return moveClip(t, idOf(clip), trackId(track), frames(at)); };
}
Edit dissolve(char left, int in, int out) {
    return [=](const Timeline& t) { return addTransition(t, idOf(left), frames(in), frames(out)); };
}
Edit liftOf(const char* names) {
    return [=](const Timeline& t) {
        std::vector<ItemId> ids;
        for (const char* name = names; *name; ++name) {
            ids.push_back(idOf(*name));
        }
        return lift(t, ids);
    };
}
Edit rippleOf(const char* names) {
    return [=](const Timeline& t) {
        std::vector<ItemId> ids;
        for (const char* name = names; *name; ++name) {
            ids.push_back(idOf(*name));
        }
        return rippleDelete(t, ids);
    };
}

} // namespace

class TestVerbs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void edits_data();
    void edits();
    void lockedTracksRefuse();
    void wrongKindsAreRefused();
    void idsAreUniqueAndKept();
    void sliceKeepsMediaInSync();
    void sliceSharesMarkersOut();
    void markersOfGapsStayWhereTheyAre();
    void clipsOfOtherRatesAreRounded();
    void movingABlockKeepsIt();

private:
    static void addRowsThatTakeAway();
    static void addRowsThatMoveAndDissolve();
};

void TestVerbs::edits_data() {
    QTest::addColumn<std::string>("before");
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<std::string>("after");

    row("A10 B10", "overwrite the middle of A", overwriteWith("X4", 3), "A3 X4 A3@7 B10");
    row("A10 B10", "overwrite over the cut", overwriteWith("X4", 8), "A8 X4 B8@2");
    row("A10 B10", "overwrite all of A", overwriteWith("X10", 0), "X10 B10");
    row("A10 B10", "overwrite at the end", overwriteWith("X4", 20), "A10 B10 X4");
    row("A10", "overwrite past the end", overwriteWith("X4", 12), "A10 _2 X4");
    row("A10 _6 B4", "overwrite into a gap", overwriteWith("X2", 12), "A10 _2 X2 _2 B4");
    row("A10 _2 B4", "overwrite a whole gap", overwriteWith("X2", 10), "A10 X2 B4");
    row("", "overwrite an empty track", overwriteWith("X4", 0), "X4");
    row("A10 <2,2> B10", "overwrite far from the dissolve", overwriteWith("X2", 0), "X2 A8@2 <2,2> B10");
    row("A10 <2,2> B10", "overwrite to the dissolve's cut", overwriteWith("X2", 8), "A8 X2 B10");
    row("A10 <2,2> B10", "overwrite leaves A one frame", overwriteWith("X9", 0), "X9 A1@9 <1,2> B10");
    row("A10 ?5 B5", "overwrite a foreign item whole", overwriteWith("X5", 10), "A10 X5 B5");
    row("A10 ?5 B5", "overwrite cuts a foreign item", overwriteWith("X5", 12), "InvalidArgument");
    row("A10", "overwrite before the start", overwriteWith("X5", -1), "InvalidTime");
    row("A10", "overwrite beyond all reason", overwriteWith("X5", 2'000'000'000), "InvalidTime");
    row("A10", "overwrite with a taken id", overwriteWith("A5", 0), "InvalidArgument");
    row("A10", "overwrite on no track", overwriteWith("X5", 0, 7), "NotFound");

    row("A10 B5", "insert into A", insertAt("X4", 3), "A3 X4 A7@3 B5");
    row("A10 B5", "insert at the cut", insertAt("X4", 10), "A10 X4 B5");
    row("A10 <2,2> B5", "insert at a dissolve", insertAt("X4", 10), "A10 X4 B5");
    row("A10 <2,2> B5", "insert beside a dissolve", insertAt("X4", 9), "A9 X4 A1@9 <1,2> B5");
    row("A10 _4 B5", "insert into a gap", insertAt("X4", 12), "A10 _2 X4 _2 B5");
    row("A10", "insert past the end", insertAt("X4", 15), "A10 _5 X4");

    row("A10 B5", "slice A", sliceAt(4), "A4 A6@4 B5");
    row("A10@7/40 B5", "slice a trimmed A", sliceAt(4), "A4@7/40 A6@11/40 B5");
    row("A10 B5", "slice at the cut", sliceAt(10), "A10 B5");
    row("A10 B5", "slice past the end", sliceAt(99), "A10 B5");
    row("A4 _6 B5", "slice a gap", sliceAt(7), "A4 _6 B5");
    row("A10 <3,3> B10", "slice inside a dissolve", sliceAt(8), "A8 A2@8 <2,3> B10");
    row("?5", "slice a foreign item", sliceAt(2), "InvalidArgument");

    addRowsThatTakeAway();
    addRowsThatMoveAndDissolve();
}

void TestVerbs::addRowsThatTakeAway() {
    row("A10 B10", "trim head of B", headTo('B', 13), "A10 _3 B7@3");
    row("A10 _5 B10@8/20", "trim head of B out", headTo('B', 12), "A10 _2 B13@5/20");
    row("A10 _5 B10@8/20", "trim head of B to A", headTo('B', 0), "A10 B15@3/20");
    row("A10 _5 B10@2/20", "trim head of B to its medium's start", headTo('B', 0), "A10 _3 B12/20");
    row("A10 B10", "trim head of B over its end", headTo('B', 99), "A10 _9 B1@9");
    row("A10 <2,2> B10", "trim head off a dissolve", headTo('B', 13), "A10 _3 B7@3");
    row("A10", "trim head of the first", headTo('A', 4), "_4 A6@4");
    row("_4 A6@4", "trim head of the first back", headTo('A', -5), "A10");

    row("A10 B10", "trim tail of A", tailTo('A', 6), "A6 _4 B10");
    row("A10 _4 B10", "trim tail of A out", tailTo('A', 12), "A12 _2 B10");
    row("A10 _4 B10", "trim tail of A to B", tailTo('A', 99), "A14 B10");
    row("A10@1/12 _4 B10", "trim tail of A to its medium's end", tailTo('A', 99), "A11@1/12 _3 B10");
    row("A10 B10", "trim tail of the last", tailTo('B', 25), "A10 B15");
    row("A10 B10", "trim tail before the start", tailTo('B', 2), "A10 B1");
    row("A10 B10", "trim what is not there", tailTo('Z', 2), "NotFound");

    row("A10 B5 C4", "lift B", liftOf("B"), "A10 _5 C4");
    row("A10 B5 C4", "lift B and C", liftOf("BC"), "A10");
    row("A10 B5 C4 D1", "lift B and C before D", liftOf("BC"), "A10 _9 D1");
    row("A10 <2,2> B5 C4", "lift B with its dissolve", liftOf("B"), "A10 _5 C4");
    row("A10 _3 B5 _3 C4", "lift between gaps", liftOf("B"), "A10 _11 C4");
    row("A10 B5", "lift all", liftOf("AB"), "");

    row("A10 B5 C4", "ripple delete B", rippleOf("B"), "A10 C4");
    row("A10 B5 C4", "ripple delete A and C", rippleOf("AC"), "B5");
    row("A9 <2,2> B9 <2,2> C9", "ripple delete between dissolves", rippleOf("B"), "A9 C9");
    row("A9 _3 B9 _4 C9", "ripple delete between gaps", rippleOf("B"), "A9 _7 C9");

    row(
        "A10 B9 C4", "lift a range", [](const Timeline& t) { return liftRange(t, trackId(), {frames(5), frames(9)}); },
        "A5 _9 B5@4 C4");
    row(
        "A10 B9 C4", "ripple trim", [](const Timeline& t) { return rippleTrimTail(t, idOf('A'), frames(6)); },
        "A6 B9 C4");
    row(
        "A10/12 B9", "ripple trim out", [](const Timeline& t) { return rippleTrimTail(t, idOf('A'), frames(60)); },
        "A12/12 B9");
}

void TestVerbs::addRowsThatMoveAndDissolve() {
    row("A10 B5 C4", "move B right", moveTo('B', 20), "A10 _5 C4 _1 B5");
    row("A10 B5 C4", "move B over A", moveTo('B', 2), "A2 B5 A3@7 _5 C4");
    row("A10 B5 C4", "move B one frame over C", moveTo('B', 11), "A10 _1 B5 C3@1");
    row("A10 B5 C4", "move B nowhere", moveTo('B', 10), "A10 B5 C4");
    row("A10 <2,2> B5", "move B nowhere keeps the dissolve", moveTo('B', 10), "A10 <2,2> B5");
    row("A10 B5 | C20", "move B up", moveTo('B', 3, 1), "A10 | C3 B5 C12@8");
    row("A10 B5", "move before the start", moveTo('A', -1), "InvalidTime");

    row("A10/20 B10@5/20", "dissolve", dissolve('A', 3, 2), "A10/20 <3,2> B10@5/20");
    row("A10/20 B10@5/20", "dissolve to the end of the handles", dissolve('A', 5, 10), "A10/20 <5,10> B10@5/20");
    row("A10/20 B10@5/20", "dissolve beyond B's handle", dissolve('A', 6, 2), "InvalidArgument");
    row("A10/10 B10@5/20", "dissolve beyond A's handle", dissolve('A', 2, 1), "InvalidArgument");
    row("A10 _1 B10", "dissolve into a gap", dissolve('A', 2, 2), "InvalidArgument");
    row("A10 <1,1> B10", "dissolve again", dissolve('A', 3, 2), "A10 <3,2> B10");
    row("A10 <3,4> B5 C9", "dissolve into a dissolve", dissolve('B', 2, 2), "InvalidArgument");
    row("A10 <3,3> B5 C9", "dissolve beside a dissolve", dissolve('B', 2, 2), "A10 <3,3> B5 <2,2> C9");
    row("A10 B10", "dissolve of no length", dissolve('A', 0, 0), "InvalidArgument");

    row("A10 | B4", "slice all", [](const Timeline& t) { return sliceAll(t, frames(2)); }, "A2 A8@2 | B2 B2@2");
}

void TestVerbs::edits() {
    QFETCH(std::string, before);
    QFETCH(Edit, edit);
    QFETCH(std::string, after);
    const Timeline timeline = timelineOf(before);
    const Timeline copy = timeline;
    QCOMPARE(textOf(edit(timeline)), after);
    QVERIFY(timeline == copy);
}

void TestVerbs::lockedTracksRefuse() {
    Timeline timeline = timelineOf("A10 B10 | C10");
    timeline.tracks[0].locked = true;
    const std::string locked = "TrackLocked";
    QCOMPARE(textOf(overwrite(timeline, trackId(), clipOf("X2"), frames(0))), locked);
    QCOMPARE(textOf(insert(timeline, trackId(), clipOf("X2"), frames(0))), locked);
    QCOMPARE(textOf(slice(timeline, trackId(), frames(4))), locked);
    QCOMPARE(textOf(trimHead(timeline, idOf('B'), frames(14))), locked);
    QCOMPARE(textOf(trimTail(timeline, idOf('A'), frames(4))), locked);
    QCOMPARE(textOf(lift(timeline, {idOf('A')})), locked);
    QCOMPARE(textOf(rippleDelete(timeline, {idOf('C'), idOf('A')})), locked);
    QCOMPARE(textOf(moveClip(timeline, idOf('A'), trackId(1), frames(0))), locked);
    QCOMPARE(textOf(moveClip(timeline, idOf('C'), trackId(0), frames(0))), locked);
    QCOMPARE(textOf(addTransition(timeline, idOf('A'), frames(1), frames(1))), locked);
    QCOMPARE(textOf(setClipName(timeline, idOf('A'), "x")), locked);
    QCOMPARE(textOf(sliceAll(timeline, frames(4))), std::string("A10 B10 | C4 C6@4"));
    QVERIFY(setTrackLocked(timeline, trackId(), false).has_value());
}

void TestVerbs::wrongKindsAreRefused() {
    Timeline timeline = timelineOf("A10 | B10");
    timeline.tracks[1].kind = TrackKind::Prompt;
    timeline.tracks[1].items.clear();
    const std::string wrong = "WrongTrackKind";
    QCOMPARE(textOf(overwrite(timeline, trackId(1), clipOf("X2"), frames(0))), wrong);
    QCOMPARE(textOf(moveClip(timeline, idOf('A'), trackId(1), frames(0))), wrong);
    QCOMPARE(textOf(overwrite(timeline, trackId(0), makePromptClip({"a lake", ""}, frames(5)), frames(0))), wrong);
    QVERIFY(overwrite(timeline, trackId(1), makePromptClip({"a lake", ""}, frames(5)), frames(0)).has_value());
}

void TestVerbs::idsAreUniqueAndKept() {
    const Timeline timeline = timelineOf("A10 B10");
    const auto sliced = slice(timeline, trackId(), frames(4));
    QCOMPARE(itemId(*sliced->tracks[0].items[0]), idOf('A'));
    QVERIFY(itemId(*sliced->tracks[0].items[1]) != idOf('A'));
    const auto trimmed = overwrite(timeline, trackId(), clipOf("X4"), frames(0));
    QCOMPARE(itemId(*trimmed->tracks[0].items[1]), idOf('A'));
    const auto moved = moveClip(timeline, idOf('A'), trackId(), frames(30));
    QVERIFY(findClip(*moved, idOf('A')));
    // What was not touched is shared, not copied.
    QVERIFY(sliced->tracks[0].items[2] == timeline.tracks[0].items[1]);
}

void TestVerbs::sliceKeepsMediaInSync() {
    // A medium at 23.976 in a timeline at 25: after the cut it goes on at the very same moment.
    Timeline timeline = timelineOf("A10");
    Clip clip = clipOf("A10");
    clip.sourceRange.start = RationalTime(100, FrameRate(24000, 1001));
    timeline.tracks[0].items[0] = makeItem(clip);
    const auto sliced = slice(timeline, trackId(), frames(7));
    QVERIFY(sliced.has_value());
    const auto before = clipAt(timeline, timeline.tracks[0], frames(7));
    const auto after = clipAt(*sliced, sliced->tracks[0], frames(7));
    QCOMPARE(after->range.start, frames(7));
    QVERIFY(before->sourceTime == after->sourceTime);
    // 100 * 1001/24000 + 7/25 seconds
    QCOMPARE(after->sourceTime, RationalTime(100 * 1001 + 7 * 960, FrameRate(24000)));
}

void TestVerbs::sliceSharesMarkersOut() {
    Timeline timeline = timelineOf("A10");
    Clip clip = clipOf("A10@5");
    clip.markers.push_back({MarkerId{1}, "early", "RED", "", {frames(6), frames(0)}, {}, {}});
    clip.markers.push_back({MarkerId{2}, "late", "RED", "", {frames(9), frames(0)}, {}, {}});
    timeline.tracks[0].items[0] = makeItem(clip);
    const auto sliced = slice(timeline, trackId(), frames(4));
    QCOMPARE(textOf(sliced), std::string("A4@5 A6@9"));
    QCOMPARE(asClip(sliced->tracks[0].items[0])->markers.size(), 1U);
    QCOMPARE(asClip(sliced->tracks[0].items[1])->markers.at(0).name, std::string("late"));
}

void TestVerbs::markersOfGapsStayWhereTheyAre() {
    Timeline timeline = timelineOf("A4 _20 B4");
    Gap gap = std::get<Gap>(*timeline.tracks[0].items[1]);
    gap.markers.push_back({MarkerId{1}, "early", "RED", "", {frames(3), frames(0)}, {}, {}});
    gap.markers.push_back({MarkerId{2}, "late", "RED", "", {frames(15), frames(0)}, {}, {}});
    timeline.tracks[0].items[1] = makeItem(gap);
    // Where the markers lie on the track.
    const auto places = [](const Timeline& of) {
        std::vector<std::int64_t> found;
        const auto ranges = itemRanges(of, of.tracks[0]);
        for (std::size_t i = 0; i < ranges.size(); ++i) {
            if (const auto* item = std::get_if<Gap>(of.tracks[0].items[i].get())) {
                for (const Marker& marker : item->markers) {
                    found.push_back((ranges[i].start + marker.markedRange.start).value());
                }
            }
        }
        return found;
    };
    QCOMPARE(places(timeline), (std::vector<std::int64_t>{7, 19}));
    QVERIFY(*slice(timeline, trackId(), frames(12)) == timeline); // nothing is there to cut
    const auto covered = overwrite(timeline, trackId(), clipOf("X4"), frames(10));
    QCOMPARE(textOf(covered), std::string("A4 _6 X4 _10 B4"));
    QCOMPARE(places(*covered), (std::vector<std::int64_t>{7, 19}));
    const auto longer = lift(timeline, {idOf('A')});
    QCOMPARE(textOf(longer), std::string("_24 B4"));
    QCOMPARE(places(*longer), (std::vector<std::int64_t>{7, 19}));
}

void TestVerbs::clipsOfOtherRatesAreRounded() {
    const Timeline timeline = timelineOf("");
    Clip clip = clipOf("X1");
    clip.sourceRange.duration = RationalTime(30, FrameRate(30000, 1001)); // 25.025 frames
    QCOMPARE(textOf(overwrite(timeline, trackId(), clip, RationalTime(1, FrameRate(1)))), std::string("_25 X25"));
    clip.sourceRange.duration = RationalTime(1, FrameRate(48000));
    QCOMPARE(textOf(overwrite(timeline, trackId(), clip, frames(0))), std::string("X1"));
    clip.sourceRange.duration = RationalTime(0, FrameRate(25));
    QCOMPARE(textOf(overwrite(timeline, trackId(), clip, frames(0))), std::string("InvalidTime"));
}

void TestVerbs::movingABlockKeepsIt() {
    const Timeline timeline = timelineOf("A4 B4 _4 C4 | D9");
    QCOMPARE(textOf(moveClips(timeline, {idOf('A'), idOf('B')}, frames(2), 0)), std::string("_2 A4 B4 _2 C4 | D9"));
    QCOMPARE(textOf(moveClips(timeline, {idOf('B'), idOf('C')}, frames(1), 1)), std::string("A4 | D5 B4 _4 C4"));
    QCOMPARE(textOf(moveClips(timeline, {idOf('D')}, frames(0), 1)), std::string("InvalidArgument"));
    QCOMPARE(textOf(moveClips(timeline, {idOf('A')}, frames(-1), 0)), std::string("InvalidTime"));
    // Dissolves inside it go along, those at its ends do not.
    const Timeline dissolved = timelineOf("A10 <2,2> B10 <1,1> C10 | D50");
    QCOMPARE(textOf(moveClips(dissolved, {idOf('B'), idOf('A')}, frames(5), 0)),
             std::string("_5 A10 <2,2> B10 C5@5 | D50"));
    QCOMPARE(textOf(moveClips(dissolved, {idOf('A'), idOf('B'), idOf('C')}, frames(50), 1)),
             std::string("| D50 A10 <2,2> B10 <1,1> C10"));
}

QTEST_APPLESS_MAIN(TestVerbs)
#include "TestVerbs.moc"
