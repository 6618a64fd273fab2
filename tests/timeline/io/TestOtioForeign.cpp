// Files of other programs: what we do not know comes back as it was, and what we edit is all that changes.
#include "timeline/io/OtioReader.h"
#include "timeline/io/OtioWriter.h"
#include "timeline/model/Invariants.h"
#include "timeline/model/Query.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <fstream>
#include <sstream>

using namespace timeline;

namespace {

std::string fixture() {
    std::ifstream file(FIXTURES_DIR "/otio/foreign.otio");
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/// Key order and number types count: 24 is not 24.0.
std::string canonical(const std::string& text) {
    return Json::parse(text).dump(1);
}

const Item& itemCalled(const Timeline& timeline, const std::string& name) {
    for (const Track& track : timeline.tracks) {
        for (const ItemPtr& item : track.items) {
            if (itemName(*item) == name) {
                return *item;
            }
        }
    }
    qFatal("no such item");
}

} // namespace

class TestOtioForeign : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBackWordForWord();
    void isUnderstood();
    void soundDoesNotDrift();
    void onlyTheEditChanges();
    void formatIsWrittenWhenItIsNotDeduced();
};

void TestOtioForeign::comesBackWordForWord() {
    const auto timeline = parseOtio(fixture());
    QVERIFY2(timeline.has_value(), timeline ? "" : timeline.error().detail.c_str());
    QCOMPARE(canonical(otioText(*timeline)), canonical(fixture()));
    // And again after a second pass.
    const auto again = parseOtio(otioText(*timeline));
    QVERIFY(again.has_value());
    QCOMPARE(otioText(*again), otioText(*timeline));
}

void TestOtioForeign::isUnderstood() {
    const auto timeline = parseOtio(fixture());
    QVERIFY(timeline.has_value());
    QVERIFY(checkInvariants(*timeline).has_value());
    QCOMPARE(timeline->format.rate, FrameRate(24));
    QCOMPARE(timeline->globalStart->value(), 86400);
    QCOMPARE(timeline->tracks.size(), 4U);
    QCOMPARE(timeline->markers.size(), 3U);
    QCOMPARE(timeline->markers[1].markedRange.start.value(), 3);
    const Track& picture = timeline->tracks[0];
    QCOMPARE(picture.items.size(), 9U);
    // gap 10, a fade out of a gap (kept, not shown), clip 48, dissolve, clip 30, nested 20, bars 7, nothing, future 5
    QCOMPARE(trackDuration(*timeline, picture).value(), 120);
    QVERIFY(std::holds_alternative<ForeignItem>(*picture.items[1]));
    QVERIFY(std::holds_alternative<Transition>(*picture.items[3]));
    QVERIFY(std::holds_alternative<ForeignItem>(*picture.items[5]));
    QCOMPARE(itemDuration(*picture.items[5]).value(), 20);
    const auto& one = std::get<Clip>(*picture.items[2]);
    QCOMPARE(one.activeKey, std::string("high-res"));
    QCOMPARE(fileTime(*activeReference(one), one.sourceRange.start).value(), 10);
    QCOMPARE(one.effects.size(), 2U);
    const auto& two = std::get<Clip>(*picture.items[4]);
    QCOMPARE(two.sourceRange.start, RationalTime(25, FrameRate(48)));
    const Clip bars = std::get<Clip>(itemCalled(*timeline, "from available"));
    QVERIFY(!bars.enabled);
    QCOMPARE(timeline->tracks[1].kind, TrackKind::Foreign);
    QCOMPARE(timeline->tracks[2].kind, TrackKind::Audio);
}

void TestOtioForeign::soundDoesNotDrift() {
    // Three clips of 20833 samples are 10.4165 frames each: 31.25 together.
    const auto timeline = parseOtio(fixture());
    QVERIFY(timeline.has_value());
    QCOMPARE(trackDuration(*timeline, timeline->tracks[2]).value(), 31);
    std::int64_t lengths = 0;
    for (const ItemPtr& item : timeline->tracks[2].items) {
        lengths = lengths * 100 + itemDuration(*item).value();
    }
    QCOMPARE(lengths, 101110);
}

void TestOtioForeign::onlyTheEditChanges() {
    auto timeline = parseOtio(fixture());
    QVERIFY(timeline.has_value());
    Clip clip = std::get<Clip>(*timeline->tracks[0].items[2]);
    clip.name = "renamed";
    clip.sourceRange.duration = RationalTime(40, FrameRate(24));
    timeline->tracks[0].items[2] = makeItem(clip);
    Json expected = Json::parse(fixture());
    Json& json = expected["tracks"]["children"][0]["children"][2];
    json["name"] = "renamed";
    const Json written = Json::parse(otioText(*timeline));
    const Json& range = written["tracks"]["children"][0]["children"][2]["source_range"];
    QCOMPARE(range["duration"]["value"].get<double>(), 40.0);
    QCOMPARE(range["start_time"]["value"].get<double>(), 86410.0);
    json["source_range"] = range;
    QCOMPARE(written.dump(1), expected.dump(1));
}

void TestOtioForeign::formatIsWrittenWhenItIsNotDeduced() {
    auto timeline = parseOtio(fixture());
    QVERIFY(timeline.has_value());
    timeline->format.width = 1920;
    timeline->format.height = 1080;
    const auto again = parseOtio(otioText(*timeline));
    QVERIFY(again.has_value());
    QCOMPARE(again->format, timeline->format);
    QVERIFY(again->format.width == 1920);
}

QTEST_APPLESS_MAIN(TestOtioForeign)
#include "TestOtioForeign.moc"
