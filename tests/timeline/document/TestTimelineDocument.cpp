#include "tests/timeline/edit/TextTimeline.h"

#include "timeline/document/OpenGesture.h"
#include "timeline/edit/Insert.h"
#include "timeline/edit/Move.h"
#include "timeline/edit/Overwrite.h"
#include "timeline/edit/SetProperty.h"
#include "timeline/edit/Tracks.h"
#include "timeline/edit/Transitions.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

#include <optional>

using namespace timeline;
using namespace text;

namespace {

/// The changes that a document announces, one after the other.
class ChangeLog {
public:
    explicit ChangeLog(TimelineDocument& document) {
        QObject::connect(&document, &TimelineDocument::changed, &m_context,
                         [this](const TimelineChange& change) { m_changes.push_back(change); });
    }
    const std::vector<TimelineChange>& all() const { return m_changes; }

private:
    QObject m_context;
    std::vector<TimelineChange> m_changes;
};

TimeRange range(std::int64_t start, std::int64_t end) {
    return TimeRange::fromStartEnd(frames(start), frames(end));
}

} // namespace

class TestTimelineDocument : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void editsAreSteps();
    void failuresAreNone();
    void gesturesMerge();
    void gesturesThatReturnLeaveNothing();
    void gesturesAreCancelled();
    void whatArrivesWaitsForTheHand();
    void waitingEditsGoWithTheirProject();
    void savedStateIsKnown();
    void resetForgets();
    void snapshotsLive();
    void changesSayWhere_data();
    void changesSayWhere();
    void changesOfTracksAndSettings();
};

void TestTimelineDocument::editsAreSteps() {
    TimelineDocument document;
    document.reset(timelineOf("A10 B5"));
    QVERIFY(document.apply("Move Clip", moveClip(*document.timeline(), idOf('B'), trackId(), frames(12))).has_value());
    QCOMPARE(textOf(*document.timeline()), std::string("A10 _2 B5"));
    QCOMPARE(document.undoStack().undoText(), QString("Move Clip"));
    document.undoStack().undo();
    QCOMPARE(textOf(*document.timeline()), std::string("A10 B5"));
    document.undoStack().redo();
    QCOMPARE(textOf(*document.timeline()), std::string("A10 _2 B5"));
}

void TestTimelineDocument::failuresAreNone() {
    TimelineDocument document;
    document.reset(timelineOf("A10"));
    const auto result = document.apply("Move Clip", moveClip(*document.timeline(), idOf('Z'), trackId(), frames(12)));
    QCOMPARE(result.error().code, ErrorCode::NotFound);
    // An edit that changes nothing is none either.
    QVERIFY(document.apply("Move Clip", moveClip(*document.timeline(), idOf('A'), trackId(), frames(0))).has_value());
    QCOMPARE(document.undoStack().count(), 0);
    QVERIFY(!document.isModified());
}

void TestTimelineDocument::gesturesMerge() {
    TimelineDocument document;
    document.reset(timelineOf("A10"));
    const TimelinePtr start = document.timeline();
    const GestureId drag = newGesture();
    for (int at = 1; at <= 5; ++at) {
        QVERIFY(document.apply("Move Clip", moveClip(*start, idOf('A'), trackId(), frames(at)), drag).has_value());
    }
    QVERIFY(document.apply("Move Clip", moveClip(*start, idOf('A'), trackId(), frames(7)), newGesture()).has_value());
    QCOMPARE(document.undoStack().count(), 2);
    document.undoStack().undo();
    QCOMPARE(textOf(*document.timeline()), std::string("_5 A10"));
    document.undoStack().undo();
    QCOMPARE(document.timeline(), start);
}

void TestTimelineDocument::gesturesThatReturnLeaveNothing() {
    TimelineDocument document;
    document.reset(timelineOf("A10"));
    const TimelinePtr start = document.timeline();
    const GestureId drag = newGesture();
    for (const int at : {3, 0, 0, 4, 0}) {
        QVERIFY(document.apply("Move Clip", moveClip(*start, idOf('A'), trackId(), frames(at)), drag).has_value());
    }
    QCOMPARE(document.undoStack().count(), 0);
    QVERIFY(*document.timeline() == *start);
}

void TestTimelineDocument::gesturesAreCancelled() {
    TimelineDocument document;
    document.reset(timelineOf("A10"));
    QVERIFY(document.apply("Name", setName(*document.timeline(), "x")).has_value());
    const TimelinePtr start = document.timeline();
    const GestureId drag = newGesture();
    QVERIFY(document.apply("Move Clip", moveClip(*start, idOf('A'), trackId(), frames(3)), drag).has_value());
    document.cancelGesture(newGesture()); // another one
    QCOMPARE(document.undoStack().count(), 2);
    document.cancelGesture(drag);
    QCOMPARE(document.timeline(), start);
    QCOMPARE(document.undoStack().count(), 1);
    QVERIFY(!document.undoStack().canRedo());
}

void TestTimelineDocument::whatArrivesWaitsForTheHand() {
    TimelineDocument document;
    document.reset(timelineOf("A10 B5"));
    const auto arrive = [&document](const char* clip) {
        document.whenSettled([&document, clip] {
            QVERIFY(document.apply("Insert", insert(*document.timeline(), trackId(), clipOf(clip), frames(0))));
        });
    };
    std::optional<OpenGesture> drag(document);
    const auto move = [&](int to) {
        return drag->apply("Move", moveClip(*drag->before(), idOf('B'), trackId(), frames(to)));
    };
    QVERIFY(move(12));
    arrive("X3");
    QVERIFY(move(14));
    QCOMPARE(textOf(*document.timeline()), std::string("A10 _4 B5"));
    drag.reset();
    QCoreApplication::processEvents();
    QCOMPARE(textOf(*document.timeline()), std::string("X3 A10 _4 B5"));
    QCOMPARE(document.undoStack().count(), 2);
    arrive("Y2"); // nothing is going on: at once
    QCOMPARE(document.undoStack().count(), 3);
    // An edit that does not wait ends the drag, which goes no further.
    drag.emplace(document);
    QVERIFY(document.apply("Rename", setTrackName(*document.timeline(), trackId(), "x")));
    QVERIFY(!drag->isOpen());
    QVERIFY(move(30));
    QCOMPARE(document.undoStack().count(), 4);
}

void TestTimelineDocument::waitingEditsGoWithTheirProject() {
    TimelineDocument document;
    document.reset(timelineOf("A10"));
    const OpenGesture drag(document);
    bool ran = false;
    document.whenSettled([&ran] { ran = true; });
    document.reset(timelineOf("B10"));
    QCoreApplication::processEvents();
    QVERIFY(!drag.isOpen());
    QVERIFY(!ran);
}

void TestTimelineDocument::savedStateIsKnown() {
    TimelineDocument document;
    QSignalSpy modified(&document, &TimelineDocument::modifiedChanged);
    QSignalSpy path(&document, &TimelineDocument::filePathChanged);
    QVERIFY(document.apply("Name", setName(*document.timeline(), "x")).has_value());
    QVERIFY(document.isModified());
    document.markSaved("/tmp/film.otio");
    QVERIFY(!document.isModified());
    QCOMPARE(document.filePath(), QString("/tmp/film.otio"));
    document.undoStack().undo();
    QVERIFY(document.isModified());
    document.undoStack().redo();
    QVERIFY(!document.isModified());
    QCOMPARE(modified.count(), 4);
    QCOMPARE(path.count(), 1);
}

void TestTimelineDocument::resetForgets() {
    TimelineDocument document;
    QSignalSpy reset(&document, &TimelineDocument::wasReset);
    QVERIFY(document.apply("Name", setName(*document.timeline(), "x")).has_value());
    document.reset(timelineOf("A10"), "/tmp/other.otio");
    QCOMPARE(reset.count(), 1);
    QCOMPARE(document.undoStack().count(), 0);
    QVERIFY(!document.isModified());
    QCOMPARE(textOf(*document.timeline()), std::string("A10"));
}

void TestTimelineDocument::snapshotsLive() {
    TimelineDocument document;
    document.reset(timelineOf("A10"));
    const TimelinePtr snapshot = document.timeline();
    QVERIFY(document.apply("Insert", insert(*snapshot, trackId(), clipOf("X5"), frames(0))).has_value());
    QCOMPARE(textOf(*snapshot), std::string("A10"));
}

void TestTimelineDocument::changesSayWhere_data() {
    QTest::addColumn<std::string>("before");
    QTest::addColumn<std::string>("after");
    QTest::addColumn<std::string>("items");
    QTest::addColumn<int>("start");
    QTest::addColumn<int>("end");
    const auto row = [](const char* before, const char* after, const char* items, int start, int end) {
        QTest::addRow("%s -> %s", before, after)
            << std::string(before) << std::string(after) << std::string(items) << start << end;
    };
    row("A10 B5 C9", "A10 X5 C9", "BX", 10, 15);
    row("A10 B5 C9", "A10 B5 C9@3", "C", 15, 24);
    row("A10 B5 C9", "A10 X5 B5 C9", "X", 10, 29);
    row("A10 B5 C9", "A10 B5", "C", 15, 24);
    row("A10 <2,2> B9", "A10 <2,2> B9@1", "B", 8, 21);
}

void TestTimelineDocument::changesSayWhere() {
    QFETCH(std::string, before);
    QFETCH(std::string, after);
    QFETCH(std::string, items);
    QFETCH(int, start);
    QFETCH(int, end);
    const TimelineChange change = changeBetween(timelineOf(before), timelineOf(after));
    QCOMPARE(change.tracks, std::vector<TrackId>{trackId()});
    QVERIFY(change.range == std::optional(range(start, end)));
    std::vector<ItemId> ids;
    for (const char name : items) {
        ids.push_back(idOf(name));
    }
    QCOMPARE(change.items, ids);
    QVERIFY(!change.trackList && !change.format && !change.markers && !change.name);
}

void TestTimelineDocument::changesOfTracksAndSettings() {
    TimelineDocument document;
    document.reset(timelineOf("A10 | B20"));
    ChangeLog log(document);
    QVERIFY(document.apply("Mute", setTrackEnabled(*document.timeline(), trackId(1), false)).has_value());
    QVERIFY(log.all().back().range == std::optional(range(0, 20)));
    QVERIFY(log.all().back().items.empty());
    QVERIFY(document.apply("Rename", setTrackName(*document.timeline(), trackId(1), "x")).has_value());
    QVERIFY(!log.all().back().range.has_value());
    QCOMPARE(log.all().back().tracks, std::vector<TrackId>{trackId(1)});
    QVERIFY(document.apply("Add", addTrack(*document.timeline(), makeTrack(TrackKind::Video, "new"))).has_value());
    QVERIFY(log.all().back().trackList);
    QVERIFY(document.apply("Name", setName(*document.timeline(), "film")).has_value());
    QVERIFY(log.all().back().name);
    SequenceFormat format = document.timeline()->format;
    format.width = 640;
    QVERIFY(document.apply("Format", setFormat(*document.timeline(), format)).has_value());
    QVERIFY(log.all().back().format);
    document.undoStack().undo();
    QVERIFY(log.all().back().format);
    QVERIFY(changeBetween(*document.timeline(), *document.timeline()).isEmpty());
}

QTEST_GUILESS_MAIN(TestTimelineDocument)
#include "TestTimelineDocument.moc"
