// Takes, recipes, properties, tracks and markers.
#include "tests/timeline/edit/TextTimeline.h"

#include "timeline/edit/Markers.h"
#include "timeline/edit/Overwrite.h"
#include "timeline/edit/SetProperty.h"
#include "timeline/edit/SetRecipe.h"
#include "timeline/edit/Takes.h"
#include "timeline/edit/Tracks.h"
#include "timeline/edit/Transitions.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <limits>

using namespace timeline;
using namespace text;

namespace {

/// One shot of 10 frames on track 0; its id in `shot`.
Timeline withShot(ItemId& shot) {
    Recipe recipe;
    recipe.prompt = "a lake";
    recipe.seed = 7;
    const Clip clip = makeShot(recipe, frames(10));
    shot = clip.id;
    return *overwrite(timelineOf(""), trackId(), clip, frames(0));
}

ExternalReference takeOf(const Timeline& timeline, ItemId shot, const char* url) {
    TakeRecord record;
    record.recipe = *recipeOf(*findClip(timeline, shot));
    record.modelHash = "m";
    return makeTake(*findClip(timeline, shot), url, record);
}

std::string kinds(const Timeline& timeline) {
    std::string text;
    for (const Track& track : timeline.tracks) {
        text += "VAPSMF"[static_cast<int>(track.kind)];
    }
    return text;
}

} // namespace

class TestClipSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesComeAndGo();
    void takesAreForShots();
    void takesStayInSyncAfterTrims();
    void recipesKeepWhatTheyDoNotKnow();
    void recipesAreChecked();
    void propertiesAreChecked();
    void promptsAndTitles();
    void shorterMediaShortensTheDissolve();
    void tracksHaveTheirPlaces();
    void tracksMove();
    void markersStayInOrder();
    void formatIsFixedOnceInUse();
};

void TestClipSettings::takesComeAndGo() {
    ItemId shot;
    Timeline timeline = withShot(shot);
    QCOMPARE(findClip(timeline, shot)->activeKey, std::string(kRecipeKey));
    timeline = *addTake(timeline, shot, takeOf(timeline, shot, "1.mkv"));
    timeline = *addTake(timeline, shot, takeOf(timeline, shot, "2.mkv"));
    QCOMPARE(takeKeys(*findClip(timeline, shot)), (std::vector<std::string>{"take-1", "take-2"}));
    QCOMPARE(findClip(timeline, shot)->activeKey, std::string("take-2"));
    timeline = *chooseTake(timeline, shot, "take-1");
    QCOMPARE(std::get<ExternalReference>(*activeReference(*findClip(timeline, shot))).url, std::string("1.mkv"));
    timeline = *removeTake(timeline, shot, "take-1");
    QCOMPARE(findClip(timeline, shot)->activeKey, std::string("take-2"));
    timeline = *addTake(timeline, shot, takeOf(timeline, shot, "3.mkv"));
    QCOMPARE(findClip(timeline, shot)->activeKey, std::string("take-3"));
    timeline = *removeTake(*removeTake(timeline, shot, "take-2"), shot, "take-3");
    QCOMPARE(findClip(timeline, shot)->activeKey, std::string(kRecipeKey));
    QCOMPARE(textOf(chooseTake(timeline, shot, "take-9")), std::string("NotFound"));
    QCOMPARE(textOf(removeTake(timeline, shot, kRecipeKey)), std::string("NotFound"));
    QCOMPARE(textOf(addTake(timeline, idOf('Z'), {})), std::string("NotFound"));
}

void TestClipSettings::takesAreForShots() {
    const Timeline timeline = timelineOf("A10");
    QCOMPARE(textOf(addTake(timeline, idOf('A'), {})), std::string("InvalidArgument"));
    QCOMPARE(textOf(setRecipe(timeline, idOf('A'), {})), std::string("InvalidArgument"));
}

void TestClipSettings::takesStayInSyncAfterTrims() {
    ItemId shot;
    Timeline timeline = withShot(shot);
    timeline = *addTake(timeline, shot, takeOf(timeline, shot, "1.mkv"));
    timeline = *overwrite(timeline, trackId(), clipOf("X4"), frames(0));
    // The second take begins where the shot begins now; the first one's frame 4 shows at the same moment.
    timeline = *addTake(timeline, shot, takeOf(timeline, shot, "2.mkv"));
    for (const auto& [key, frame] : {std::pair("take-1", 4), std::pair("take-2", 0)}) {
        timeline = *chooseTake(timeline, shot, key);
        const auto shown = clipAt(timeline, timeline.tracks[0], frames(4));
        QCOMPARE(fileTime(*activeReference(*shown->clip), shown->sourceTime), frames(frame));
    }
}

void TestClipSettings::recipesKeepWhatTheyDoNotKnow() {
    ItemId shot;
    Timeline timeline = withShot(shot);
    auto generator = std::get<GeneratorReference>(findClip(timeline, shot)->references.at(kRecipeKey));
    generator.parameters = generator.parameters.with("camera", "dolly");
    timeline = *setReference(timeline, shot, kRecipeKey, generator);
    Recipe recipe = *recipeOf(*findClip(timeline, shot));
    QCOMPARE(recipe.seed, std::optional<std::uint64_t>(7));
    recipe.seed = std::numeric_limits<std::uint64_t>::max();
    recipe.control = RecipeControl::Luma;
    timeline = *setRecipe(timeline, shot, recipe);
    QVERIFY(recipeOf(*findClip(timeline, shot)) == recipe);
    const auto& kept = std::get<GeneratorReference>(findClip(timeline, shot)->references.at(kRecipeKey));
    QCOMPARE(kept.parameters.json().value("camera", std::string()), std::string("dolly"));
}

void TestClipSettings::recipesAreChecked() {
    ItemId shot;
    const Timeline timeline = withShot(shot);
    Recipe recipe;
    recipe.guidance = std::numeric_limits<double>::quiet_NaN();
    QCOMPARE(textOf(setRecipe(timeline, shot, recipe)), std::string("InvalidArgument"));
    recipe.guidance = 1e9;
    QCOMPARE(textOf(setRecipe(timeline, shot, recipe)), std::string("InvalidArgument"));
    recipe.guidance = 5.0;
    recipe.steps = 1'000'000;
    QCOMPARE(textOf(setRecipe(timeline, shot, recipe)), std::string("InvalidArgument"));
}

void TestClipSettings::propertiesAreChecked() {
    const Timeline timeline = timelineOf("A10");
    ClipProperties properties{0.5, -6.0, {0.25, 0.0, 2.0, 0.0}};
    const auto changed = setProperties(timeline, idOf('A'), properties);
    QVERIFY(findClip(*changed, idOf('A'))->properties == properties);
    properties.opacity = 1.5;
    QCOMPARE(textOf(setProperties(timeline, idOf('A'), properties)), std::string("InvalidArgument"));
    properties.opacity = std::numeric_limits<double>::quiet_NaN();
    QCOMPARE(textOf(setProperties(timeline, idOf('A'), properties)), std::string("InvalidArgument"));
    QCOMPARE(findClip(*setClipName(timeline, idOf('A'), "new"), idOf('A'))->name, std::string("new"));
    QVERIFY(!findClip(*setClipEnabled(timeline, idOf('A'), false), idOf('A'))->enabled);
}

void TestClipSettings::promptsAndTitles() {
    Timeline timeline = timelineOf("A10 | ");
    timeline.tracks[1].kind = TrackKind::Prompt;
    const Clip prompt = makePromptClip({"a lake", ""}, frames(10));
    timeline = *overwrite(timeline, trackId(1), prompt, frames(0));
    const Prompt nasty{std::string("</s> \0 \xE2\x80\xAE zalgo", 20), "people"};
    timeline = *setPrompt(timeline, prompt.id, nasty);
    const auto& generator = std::get<GeneratorReference>(*activeReference(*findClip(timeline, prompt.id)));
    QVERIFY(promptFrom(generator.parameters) == nasty);
    QCOMPARE(textOf(setPrompt(timeline, idOf('A'), nasty)), std::string("InvalidArgument"));
    QCOMPARE(textOf(setTitle(timeline, prompt.id, {})), std::string("InvalidArgument"));
    const Clip title = makeTitleClip({"The End"}, frames(5));
    timeline = *overwrite(timeline, trackId(0), title, frames(0));
    timeline = *setTitle(timeline, title.id, {"Fin", 0.2, "#ff0000"});
    Title bad;
    bad.color = "red";
    QCOMPARE(textOf(setTitle(timeline, title.id, bad)), std::string("InvalidArgument"));
}

void TestClipSettings::shorterMediaShortensTheDissolve() {
    const Timeline timeline = timelineOf("A10/20 <2,5> B10@5/20");
    ExternalReference shorter;
    shorter.availableRange = TimeRange{frames(0), frames(13)};
    QCOMPARE(textOf(setReference(timeline, idOf('A'), kDefaultMediaKey, shorter)),
             std::string("A10/13 <2,3> B10@5/20"));
}

void TestClipSettings::tracksHaveTheirPlaces() {
    Timeline timeline;
    for (const TrackKind kind : {TrackKind::Prompt, TrackKind::Video, TrackKind::Audio, TrackKind::Style,
                                 TrackKind::Video, TrackKind::Mask, TrackKind::Audio, TrackKind::Prompt}) {
        timeline = *addTrack(timeline, makeTrack(kind, "t"));
    }
    QCOMPARE(kinds(timeline), std::string("AAVVMSPP"));
    const Track first = makeTrack(TrackKind::Video, "first");
    timeline = *addTrack(timeline, first, 0);
    QCOMPARE(timeline.tracks[0].id, first.id);
    QCOMPARE(textOf(addTrack(timeline, first)), std::string("InvalidArgument"));
    timeline = *removeTrack(timeline, first.id);
    QCOMPARE(kinds(timeline), std::string("AAVVMSPP"));
    QCOMPARE(textOf(removeTrack(timeline, first.id)), std::string("NotFound"));
}

void TestClipSettings::tracksMove() {
    const Timeline timeline = timelineOf("A1 | B1 | C1 | D1");
    QCOMPARE(textOf(moveTrack(timeline, trackId(0), 2)), std::string("B1 | C1 | A1 | D1"));
    QCOMPARE(textOf(moveTrack(timeline, trackId(3), 1)), std::string("A1 | D1 | B1 | C1"));
    QCOMPARE(textOf(moveTrack(timeline, trackId(3), 4)), std::string("InvalidArgument"));
}

void TestClipSettings::markersStayInOrder() {
    Timeline timeline = timelineOf("A10");
    const auto marker = [](std::uint64_t id, int at) {
        return Marker{MarkerId{id}, "", "RED", "", {frames(at), frames(0)}, {}, {}};
    };
    timeline = *addMarker(timeline, marker(1, 5));
    timeline = *addMarker(timeline, marker(2, 2));
    QCOMPARE(timeline.markers[0].id.value, 2U);
    QCOMPARE(textOf(addMarker(timeline, marker(2, 2))), std::string("InvalidArgument"));
    QCOMPARE(textOf(addMarker(timeline, marker(3, -2))), std::string("InvalidTime"));
    Timeline marked = timelineOf("A10");
    Clip clip = clipOf("A10");
    clip.markers.push_back(marker(7, 1));
    marked.tracks[0].items[0] = makeItem(clip);
    QCOMPARE(textOf(addMarker(marked, marker(7, 2))), std::string("InvalidArgument"));
    timeline = *removeMarker(timeline, MarkerId{2});
    QCOMPARE(timeline.markers.size(), 1U);
    QCOMPARE(textOf(removeMarker(timeline, MarkerId{2})), std::string("NotFound"));
}

void TestClipSettings::formatIsFixedOnceInUse() {
    SequenceFormat format{.rate = FrameRate(30), .width = 640, .height = 360};
    QCOMPARE(setFormat(timelineOf(""), format)->format, format);
    QCOMPARE(textOf(setFormat(timelineOf("A10"), format)), std::string("InvalidArgument"));
    format.rate = FrameRate(25);
    QCOMPARE(setFormat(timelineOf("A10"), format)->format.width, 640);
    format.width = 0;
    QCOMPARE(textOf(setFormat(timelineOf("A10"), format)), std::string("InvalidArgument"));
}

QTEST_APPLESS_MAIN(TestClipSettings)
#include "TestClipSettings.moc"
