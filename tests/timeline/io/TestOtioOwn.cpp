// Our own projects: the same value comes back, in the same bytes.
#include "timeline/edit/Overwrite.h"
#include "timeline/edit/Slice.h"
#include "timeline/edit/Takes.h"
#include "timeline/edit/Tracks.h"
#include "timeline/edit/Transitions.h"
#include "timeline/io/OtioReader.h"
#include "timeline/io/OtioWriter.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

using namespace timeline;

namespace {

RationalTime frames(std::int64_t count) {
    return {count, FrameRate(30000, 1001)};
}

/// One of everything that we make.
Timeline fullTimeline() {
    Timeline timeline;
    timeline.name = "Größe \"雪\" 🎬";
    timeline.format = {FrameRate(30000, 1001), 1920, 1080, 44100, 1};
    timeline.globalStart = frames(107892);
    timeline.markers.push_back({MarkerId{7}, "here", "RED", "note", {frames(3), frames(0)}, {}, {}});
    std::vector<TrackId> ids;
    for (const TrackKind kind :
         {TrackKind::Audio, TrackKind::Video, TrackKind::Video, TrackKind::Style, TrackKind::Prompt, TrackKind::Mask}) {
        ids.push_back(makeTrack(kind, "t").id);
        Track track = makeTrack(kind, "track");
        track.id = ids.back();
        timeline = *addTrack(timeline, track, timeline.tracks.size());
    }
    ExternalReference film;
    film.url = "walk%20home.mp4";
    film.name = "walk home";
    film.availableRange = TimeRange{RationalTime(0, FrameRate(12000, 1001)), RationalTime(500, FrameRate(12000, 1001))};
    Clip clip = makeMediaClip(film, {RationalTime(7, FrameRate(12000, 1001)), frames(40)});
    clip.properties = {0.25, -3.5, {0.1, -0.2, 0.75, 33.3}};
    timeline = *overwrite(timeline, ids[1], clip, frames(5));
    timeline = *slice(timeline, ids[1], frames(20));
    timeline = *addTransition(timeline, clip.id, frames(2), frames(3));
    Recipe recipe;
    recipe.prompt = "a lake";
    recipe.seed = 18446744073709551615U;
    recipe.guidance = 4.5;
    recipe.control = RecipeControl::Edges;
    const Clip shot = makeShot(recipe, frames(25));
    timeline = *overwrite(timeline, ids[2], shot, frames(8));
    const TakeRecord record{recipe, {{"a lake", 0, 25}}, {{"base", "walk", "abc", 1.0}}, "weights", "key"};
    timeline = *addTake(timeline, shot.id, makeTake(shot, "film.media/key/take.mkv", record));
    ExternalReference still;
    still.url = "oil.png";
    timeline =
        *overwrite(timeline, ids[3], makeMediaClip(still, {frames(0), frames(9)}, MediaMotion::Still), frames(0));
    timeline =
        *overwrite(timeline, ids[4], makePromptClip({"tab\tnul\x01 \xE2\x80\xAE", "blur"}, frames(30)), frames(1));
    timeline.tracks[0].locked = true;
    timeline.tracks[4].enabled = false;
    return timeline;
}

} // namespace

class TestOtioOwn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBackEqual();
    void isStableInBytes();
    void hasOtiosVocabulary();
    void takeRecordsComeBack();
    void anotherProgramsAdditionsStay();
    void writesAndReadsFiles();
    void brokenTimelinesAreNotWritten();
};

void TestOtioOwn::comesBackEqual() {
    const Timeline timeline = fullTimeline();
    const auto again = parseOtio(otioText(timeline));
    QVERIFY2(again.has_value(), again ? "" : again.error().detail.c_str());
    for (std::size_t track = 0; track < timeline.tracks.size(); ++track) {
        QVERIFY2(again->tracks[track] == timeline.tracks[track], qPrintable(QString("track %1").arg(track)));
    }
    QVERIFY(*again == timeline);
}

void TestOtioOwn::isStableInBytes() {
    const std::string text = otioText(fullTimeline());
    QCOMPARE(otioText(*parseOtio(text)), text);
}

void TestOtioOwn::hasOtiosVocabulary() {
    const Json json = Json::parse(otioText(fullTimeline()));
    QCOMPARE(json["OTIO_SCHEMA"].get<std::string>(), std::string("Timeline.1"));
    QCOMPARE(json["tracks"]["OTIO_SCHEMA"].get<std::string>(), std::string("Stack.1"));
    const Json& track = json["tracks"]["children"][1];
    QCOMPARE(track["kind"].get<std::string>(), std::string("Video"));
    QCOMPARE(track["children"][0]["OTIO_SCHEMA"].get<std::string>(), std::string("Gap.1"));
    const Json& clip = track["children"][1];
    QCOMPARE(clip["OTIO_SCHEMA"].get<std::string>(), std::string("Clip.2"));
    QVERIFY(clip["source_range"]["duration"]["rate"].is_number_float());
    QCOMPARE(clip["media_references"]["DEFAULT_MEDIA"]["target_url"].get<std::string>(),
             std::string("walk%20home.mp4"));
    const Json& shot = json["tracks"]["children"][2]["children"][1];
    QCOMPARE(shot["media_references"]["recipe"]["OTIO_SCHEMA"].get<std::string>(), std::string("GeneratorReference.1"));
    QCOMPARE(shot["active_media_reference_key"].get<std::string>(), std::string("take-1"));
}

void TestOtioOwn::takeRecordsComeBack() {
    const auto again = parseOtio(otioText(fullTimeline()));
    const Clip& shot = *asClip(again->tracks[2].items[1]);
    const auto record = takeRecord(*activeReference(shot));
    QVERIFY(record.has_value());
    QCOMPARE(record->inputs.at(0).hash, std::string("abc"));
    QCOMPARE(*record->recipe.seed, 18446744073709551615U);
    QVERIFY(record->recipe == *recipeOf(shot));
}

void TestOtioOwn::anotherProgramsAdditionsStay() {
    // Another program opened our project, added something everywhere, and saved it; we edit and save it again.
    Json json = Json::parse(otioText(fullTimeline()));
    json["metadata"]["other"] = 1;
    json["tracks"]["metadata"]["other"] = 2;
    json["tracks"]["new_field"] = 3;
    Json& track = json["tracks"]["children"][1];
    track["metadata"]["fantascope"]["later"] = "unknown to this version";
    track["children"][1]["metadata"]["other"] = 4;
    track["children"][1]["media_references"]["DEFAULT_MEDIA"]["other"] = 5;
    auto timeline = parseOtio(json.dump());
    QVERIFY(timeline.has_value());
    QCOMPARE(Json::parse(otioText(*timeline)).dump(), json.dump());
    const Clip clip = *asClip(timeline->tracks[1].items[1]);
    timeline = slice(*timeline, timeline->tracks[1].id, frames(10));
    const auto again = parseOtio(otioText(*timeline));
    QVERIFY(again.has_value());
    QVERIFY(findClip(*again, clip.id));
    // Both halves have the additions, and ids of their own.
    const Json written = Json::parse(otioText(*again));
    for (const std::size_t half : {1U, 2U}) {
        const Json& part = written["tracks"]["children"][1]["children"][half];
        QCOMPARE(part["metadata"]["other"].get<int>(), 4);
        QCOMPARE(part["media_references"]["DEFAULT_MEDIA"]["other"].get<int>(), 5);
    }
    QVERIFY(*again == *timeline || otioText(*again) == otioText(*timeline));
}

void TestOtioOwn::writesAndReadsFiles() {
    const QTemporaryDir folder;
    const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "ein Film \n%20 雪.otio";
    const Timeline timeline = fullTimeline();
    QVERIFY(writeOtio(timeline, file).has_value());
    QVERIFY(*readOtio(file) == timeline);
}

void TestOtioOwn::brokenTimelinesAreNotWritten() {
    const QTemporaryDir folder;
    const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "film.otio";
    Timeline timeline = fullTimeline();
    timeline.tracks[1].id = timeline.tracks[0].id;
    QCOMPARE(writeOtio(timeline, file).error().code, ErrorCode::InvariantBroken);
    timeline = fullTimeline();
    timeline.name = std::string(kMaxProjectStringBytes + 1, 'x');
    QCOMPARE(writeOtio(timeline, file).error().code, ErrorCode::TooLarge);
    QVERIFY(!std::filesystem::exists(file));
}

QTEST_APPLESS_MAIN(TestOtioOwn)
#include "TestOtioOwn.moc"
