// Queries, invariants, recipes and what a shot sees.
#include "tests/timeline/edit/TextTimeline.h"

#include "timeline/model/Invariants.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"
#include "timeline/model/ShotContext.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <functional>
#include <limits>

using namespace timeline;
using namespace text;

namespace {

Track trackWith(TrackKind kind, std::vector<Item> items) {
    Track track = makeTrack(kind, "t");
    for (Item& item : items) {
        track.items.push_back(makeItem(std::move(item)));
    }
    return track;
}

Gap gapOf(std::int64_t length) {
    Gap gap;
    gap.id = ItemId::create();
    gap.duration = frames(length);
    return gap;
}

Clip still(std::int64_t length) {
    ExternalReference file;
    file.url = "oil.png";
    return makeMediaClip(file, {frames(0), frames(length)}, MediaMotion::Still);
}

/// base | shot | style | prompts: the shot lies at 10 to 30.
Timeline shotTimeline(std::vector<Item> base, ItemId& shot) {
    const Clip clip = makeShot({}, frames(20));
    shot = clip.id;
    Timeline timeline;
    timeline.tracks = {trackWith(TrackKind::Video, std::move(base)), trackWith(TrackKind::Video, {gapOf(10), clip})};
    return timeline;
}

std::string verbName(const Timeline& timeline, ItemId shot) {
    switch (shotVerb(*shotContext(timeline, shot))) {
    case ShotVerb::Generate:
        return "Generate";
    case ShotVerb::Animate:
        return "Animate";
    case ShotVerb::Restyle:
        return "Restyle";
    case ShotVerb::Extend:
        return "Extend";
    case ShotVerb::Fill:
        return "Fill";
    case ShotVerb::Inpaint:
        return "Inpaint";
    }
    return "?";
}

} // namespace

class TestTimelineModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsThings();
    void clipAtGivesTheMediumsMoment();
    void stillsAreRecognised_data();
    void stillsAreRecognised();
    void tracksTakeTheirKinds();
    void brokenInvariants_data();
    void brokenInvariants();
    void shotSeesPromptsAndStyles();
    void masksKeepTheRestOfTheBase();
    void shotSeesWhatIsBelow();
    void partsBelowAreKnown();
    void theFilmBesideAShotLeadsIn();
    void shotsHandles();
    void recipesAreWrittenWhole();
    void recipesSurviveNonsense();
    void takeNamesCount();
};

void TestTimelineModel::findsThings() {
    const Timeline timeline = timelineOf("A10 _5 B3 | C4");
    QCOMPARE(timelineDuration(timeline), frames(18));
    QVERIFY(findItem(timeline, idOf('B')) == std::optional(ItemPosition{0, 2, {frames(15), frames(3)}}));
    QVERIFY(!findItem(timeline, idOf('Z')).has_value());
    QCOMPARE(findClip(timeline, idOf('C'))->name, std::string("C"));
    QCOMPARE(clipsIn(timeline, 0, {frames(9), frames(6)}).size(), 1U);
    QCOMPARE(clipsIn(timeline, 0, {frames(9), frames(7)}).size(), 2U);
    QCOMPARE(itemRanges(timeline, timeline.tracks[0])[1].start, frames(10));
}

void TestTimelineModel::clipAtGivesTheMediumsMoment() {
    const Timeline timeline = timelineOf("A10@4 _5 B3");
    QCOMPARE(clipAt(timeline, timeline.tracks[0], frames(9))->sourceTime, frames(13));
    QVERIFY(!clipAt(timeline, timeline.tracks[0], frames(10)).has_value());
    QVERIFY(!clipAt(timeline, timeline.tracks[0], frames(18)).has_value());
    QVERIFY(!clipAt(timeline, timeline.tracks[0], frames(-1)).has_value());
    // Between frames, too: sound is asked for at any sample. 19199 samples are just under 10 frames of 1920.
    const auto between = clipAt(timeline, timeline.tracks[0], RationalTime(19199, FrameRate(48000)));
    QCOMPARE(between->sourceTime, RationalTime(19199 + 4 * 1920, FrameRate(48000)));
}

void TestTimelineModel::stillsAreRecognised_data() {
    QTest::addColumn<std::string>("url");
    QTest::addColumn<bool>("still");
    for (const char* url : {"a.png", "/x/B.JPG", "file:///a.exr", "a.b.TIFF", "100%.png", "take ##1.png", "a%20dog.png",
                            "%d of %d.png"}) {
        QTest::addRow("%s", url) << std::string(url) << true;
    }
    for (const char* url : {"a.mp4", "a", "", "png", "frames.%04d.png", "frames.%4d.exr", "u%d.png", "u%25d.png",
                            "frames.%2504d.png", "x.png/a.mov"}) {
        QTest::addRow("'%s'", url) << std::string(url) << false;
    }
}

void TestTimelineModel::stillsAreRecognised() {
    QFETCH(std::string, url);
    QFETCH(bool, still);
    ExternalReference reference;
    reference.url = url;
    QCOMPARE(isStill(reference), still);
    QCOMPARE(isStill(withMediaKind(reference, MediaMotion::Still)), true);
    QCOMPARE(isStill(withMediaKind(reference, MediaMotion::Moving)), false);
}

void TestTimelineModel::tracksTakeTheirKinds() {
    using K = TrackKind;
    const auto kinds = [](const Clip& clip) {
        std::string all;
        for (const K kind : {K::Video, K::Audio, K::Prompt, K::Style, K::Foreign}) {
            all += accepts(kind, clip) ? "VAPSF"[static_cast<int>(kind)] : '-';
        }
        return all;
    };
    QCOMPARE(kinds(makePromptClip({}, frames(1))), std::string("--P--"));
    QCOMPARE(kinds(makeTitleClip({}, frames(1))), std::string("V----"));
    QCOMPARE(kinds(makeShot({}, frames(1))), std::string("V----"));
    QCOMPARE(kinds(still(1)), std::string("VA-S-"));
}

using Break = std::function<void(Timeline&)>;
Q_DECLARE_METATYPE(Break)

namespace {

template <typename T, typename Change>
Break item(std::size_t index, Change change) {
    return [=](Timeline& timeline) {
        T copy = std::get<T>(*timeline.tracks[0].items[index]);
        change(copy);
        timeline.tracks[0].items[index] = makeItem(copy);
    };
}

} // namespace

void TestTimelineModel::brokenInvariants_data() {
    QTest::addColumn<Break>("breakIt");
    const auto row = [](const char* name, Break breakIt) { QTest::addRow("%s", name) << std::move(breakIt); };
    row("rate", [](Timeline& t) { t.format.rate = FrameRate(48000); });
    row("width", [](Timeline& t) { t.format.width = 15; });
    row("channels", [](Timeline& t) { t.format.channels = 3; });
    row("sound rate", [](Timeline& t) { t.format.sampleRate = 0; });
    row("two tracks of one id", [](Timeline& t) {
        t.tracks.push_back(t.tracks[0]);
        t.tracks[1].items.clear();
    });
    row("no track id", [](Timeline& t) { t.tracks[0].id = {}; });
    row("null item", [](Timeline& t) { t.tracks[0].items[0] = nullptr; });
    row("two items of one id", item<Clip>(2, [](Clip& c) { c.id = idOf('A'); }));
    row("no length", item<Clip>(0, [](Clip& c) { c.sourceRange.duration = frames(0); }));
    row("another rate", item<Clip>(0, [](Clip& c) { c.sourceRange.duration = RationalTime(10, FrameRate(24)); }));
    row("too long", item<Clip>(0, [](Clip& c) { c.sourceRange.duration = frames(kMaxFrames); }));
    row("media time", item<Clip>(0, [](Clip& c) { c.sourceRange.start = RationalTime(1LL << 40, FrameRate(1)); }));
    row("opacity", item<Clip>(0, [](Clip& c) { c.properties.opacity = -0.1; }));
    row("gain NaN", item<Clip>(0, [](Clip& c) { c.properties.gainDb = std::numeric_limits<double>::quiet_NaN(); }));
    row("scale", item<Clip>(0, [](Clip& c) { c.properties.transform.scale = 0.0; }));
    row("rotation",
        item<Clip>(0, [](Clip& c) { c.properties.transform.rotation = std::numeric_limits<double>::infinity(); }));
    row("gap of no length", item<Gap>(3, [](Gap& g) { g.duration = frames(0); }));
    row("dissolve of no length", item<Transition>(1, [](Transition& t) { t.inOffset = t.outOffset = frames(0); }));
    row("negative dissolve", item<Transition>(1, [](Transition& t) { t.inOffset = frames(-1); }));
    row("dissolve longer than A", item<Transition>(1, [](Transition& t) { t.inOffset = frames(11); }));
    row("dissolve beyond the medium", item<Transition>(1, [](Transition& t) { t.outOffset = frames(6); }));
    row("dissolve at another rate",
        item<Transition>(1, [](Transition& t) { t.inOffset = RationalTime(1, FrameRate(24)); }));
    row("dissolve at the end", [](Timeline& t) { t.tracks[0].items.resize(2); });
    row("dissolve into a gap", [](Timeline& t) { t.tracks[0].items.erase(t.tracks[0].items.begin() + 2); });
}

void TestTimelineModel::brokenInvariants() {
    QFETCH(Break, breakIt);
    Timeline timeline = timelineOf("A10/15 <2,3> B10 _5 C4");
    QVERIFY(checkInvariants(timeline).has_value());
    breakIt(timeline);
    QCOMPARE(checkInvariants(timeline).error().code, ErrorCode::InvariantBroken);
}

void TestTimelineModel::shotSeesPromptsAndStyles() {
    ItemId shot;
    Timeline timeline = shotTimeline({}, shot);
    Clip style = still(50);
    style.properties.opacity = 0.25;
    const Clip snow = makePromptClip({"snow", "blur"}, frames(15));
    const Clip rain = makePromptClip({"rain", ""}, frames(30));
    const Clip above = makePromptClip({"above", ""}, frames(12));
    timeline.tracks.push_back(trackWith(TrackKind::Style, {gapOf(28), style}));
    timeline.tracks.push_back(trackWith(TrackKind::Prompt, {snow, rain}));
    timeline.tracks.push_back(trackWith(TrackKind::Prompt, {above}));
    const auto context = shotContext(timeline, shot);
    QVERIFY(context.has_value());
    const std::vector<ContextPrompt> prompts{{snow.id, {"snow", "blur"}, {frames(0), frames(5)}},
                                             {rain.id, {"rain", ""}, {frames(5), frames(15)}},
                                             {above.id, {"above", ""}, {frames(0), frames(2)}}};
    QVERIFY(context->prompts == prompts);
    QVERIFY(context->styles == (std::vector<ContextStyle>{{style.id, 0.25, {frames(18), frames(2)}}}));
    QCOMPARE(context->base, BaseKind::None);
    // What is switched off is not seen, nor what ends where the shot begins.
    timeline.tracks[3].enabled = false;
    Clip off = style;
    off.enabled = false;
    timeline.tracks[2] = trackWith(TrackKind::Style, {gapOf(10), off});
    timeline.tracks[4] = trackWith(TrackKind::Prompt, {makePromptClip({"before", ""}, frames(10))});
    QVERIFY(shotContext(timeline, shot)->prompts.empty());
    QVERIFY(shotContext(timeline, shot)->styles.empty());
}

void TestTimelineModel::masksKeepTheRestOfTheBase() {
    ItemId shot; // from 10 to 30
    const auto masked = [&](std::vector<Item> base, std::vector<Item> masks) {
        Timeline timeline = shotTimeline(std::move(base), shot);
        timeline.tracks.push_back(trackWith(TrackKind::Mask, std::move(masks)));
        return timeline;
    };
    const auto contextOf = [&](std::vector<Item> base, std::vector<Item> masks) {
        const Timeline timeline = masked(std::move(base), std::move(masks));
        return *shotContext(timeline, shot);
    };
    const Clip mask = still(12);
    Timeline timeline = masked({clipOf("A50")}, {gapOf(8), mask});
    QCOMPARE(shotContext(timeline, shot)->masks, std::vector<ItemId>{mask.id});
    QVERIFY(isMasked(*shotContext(timeline, shot)));
    QCOMPARE(verbName(timeline, shot), std::string("Inpaint"));
    const Timeline film = maskFilm(timeline);
    QCOMPARE(film.tracks.size(), 1U);
    QCOMPARE(film.tracks[0].kind, TrackKind::Video);
    QVERIFY(film.tracks[0].items == timeline.tracks[2].items);
    timeline.tracks[2].enabled = false;
    QVERIFY(shotContext(timeline, shot)->masks.empty());
    // Parts below are no more to go on from: they are what the mask leaves.
    QVERIFY(!keepsParts(contextOf({clipOf("A16")}, {still(50)})));
    // Nothing below: nothing to keep. Not over the shot, not seen, switched off: no mask.
    QVERIFY(!isMasked(contextOf({}, {still(50)})));
    QVERIFY(contextOf({clipOf("A50")}, {still(10)}).masks.empty());
    Clip invisible = still(50);
    invisible.properties.opacity = 0.0;
    QVERIFY(shotVerb(contextOf({clipOf("A50")}, {invisible})) == ShotVerb::Restyle);
}

void TestTimelineModel::shotSeesWhatIsBelow() {
    ItemId shot;
    QCOMPARE(verbName(shotTimeline({}, shot), shot), std::string("Generate"));
    QCOMPARE(verbName(shotTimeline({clipOf("A10")}, shot), shot), std::string("Generate"));
    QCOMPARE(verbName(shotTimeline({clipOf("A30")}, shot), shot), std::string("Restyle"));
    QCOMPARE(verbName(shotTimeline({still(50)}, shot), shot), std::string("Animate"));
    QCOMPARE(verbName(shotTimeline({still(15), still(15)}, shot), shot), std::string("Restyle"));
    QCOMPARE(verbName(shotTimeline({makeShot({}, frames(50))}, shot), shot), std::string("Generate"));
    Clip invisible = clipOf("A50");
    invisible.properties.opacity = 0.0;
    QCOMPARE(verbName(shotTimeline({invisible}, shot), shot), std::string("Generate"));
    Timeline timeline = shotTimeline({gapOf(14), clipOf("A50")}, shot);
    const auto context = shotContext(timeline, shot);
    QCOMPARE(context->baseTracks, std::vector<std::size_t>{0});
    QCOMPARE(context->baseClips, std::vector<ItemId>{idOf('A')});
    QCOMPARE(context->baseTime, frames(14));
    QVERIFY(context->base == BaseKind::Moving || context->base == BaseKind::Parts);
    // Above the shot is not below it, and sound is no picture.
    std::swap(timeline.tracks[0], timeline.tracks[1]);
    QCOMPARE(verbName(timeline, shot), std::string("Generate"));
    std::swap(timeline.tracks[0], timeline.tracks[1]);
    timeline.tracks[0].kind = TrackKind::Audio;
    QCOMPARE(verbName(timeline, shot), std::string("Generate"));
    QCOMPARE(shotContext(timeline, ItemId{5}).error().code, ErrorCode::NotFound);
    QCOMPARE(shotContext(timeline, idOf('A')).error().code, ErrorCode::InvalidArgument);
}

void TestTimelineModel::partsBelowAreKnown() {
    ItemId shot; // from 10 to 30
    const auto knownOf = [&](std::vector<Item> base) { return shotContext(shotTimeline(std::move(base), shot), shot); };
    const auto forward = knownOf({clipOf("A16")});
    QCOMPARE(forward->base, BaseKind::Parts);
    QVERIFY(forward->known == (std::vector<ContextKnown>{{{frames(0), frames(6)}, false}}));
    QCOMPARE(shotVerb(*forward), ShotVerb::Extend);
    const auto bridge = knownOf({clipOf("A16"), gapOf(8), clipOf("B20")});
    QVERIFY(bridge->known ==
            (std::vector<ContextKnown>{{{frames(0), frames(6)}, false}, {{frames(14), frames(6)}, false}}));
    QCOMPARE(shotVerb(*bridge), ShotVerb::Fill);
    const auto ends = knownOf({still(15), gapOf(10), still(15)});
    QVERIFY(ends->known ==
            (std::vector<ContextKnown>{{{frames(0), frames(5)}, true}, {{frames(15), frames(5)}, true}}));
    QCOMPARE(shotVerb(*ends), ShotVerb::Animate);
    QCOMPARE(knownOf({gapOf(25), still(15)})->known.size(), 1U); // the last frame alone
    QCOMPARE(knownOf({still(15)})->base, BaseKind::Still);       // the first frame alone
    // Two clips in a row cover the shot, and are its base.
    QCOMPARE(knownOf({clipOf("A16"), clipOf("B20")})->base, BaseKind::Moving);
    // A style picture says that what lies below is to be changed; so does the user's choice.
    Timeline styled = shotTimeline({clipOf("A16")}, shot);
    styled.tracks.push_back(trackWith(TrackKind::Style, {still(50)}));
    QCOMPARE(verbName(styled, shot), std::string("Restyle"));
    // Stills below single frames are kept all the same: there is no film to change.
    ItemId stillShot;
    Timeline stills = shotTimeline({gapOf(25), still(15)}, stillShot);
    stills.tracks.push_back(trackWith(TrackKind::Style, {still(50)}));
    QVERIFY(keepsParts(*shotContext(stills, stillShot)));
    Recipe recipe;
    recipe.control = RecipeControl::Edges;
    ItemId steeredShot;
    Timeline steered = shotTimeline({clipOf("A16")}, steeredShot);
    steered.tracks[1].items[1] = makeItem(withRecipe(*findClip(steered, steeredShot), recipe));
    QCOMPARE(verbName(steered, steeredShot), std::string("Restyle"));
    recipe.control = RecipeControl::Keep;
    styled.tracks[1].items[1] = makeItem(withRecipe(*findClip(styled, shot), recipe));
    QCOMPARE(verbName(styled, shot), std::string("Extend"));
}

void TestTimelineModel::theFilmBesideAShotLeadsIn() {
    Timeline timeline = timelineOf("A4 B10 C20");
    Recipe recipe;
    recipe.framesBefore = 6;
    recipe.framesAfter = 8;
    const Clip shot = withRecipe(*findClip(timeline, idOf('B')), recipe);
    timeline.tracks[0].items[1] = makeItem(shot);
    const auto context = shotContext(timeline, shot.id);
    QCOMPARE(context->leadIn, frames(4)); // there is no more
    QCOMPARE(context->leadOut, frames(8));
    QCOMPARE(shotVerb(*context), ShotVerb::Fill);
    timeline.tracks[0].items[2] = makeItem(gapOf(20));
    QCOMPARE(shotContext(timeline, shot.id)->leadOut, frames(0));
    QCOMPARE(verbName(timeline, shot.id), std::string("Extend"));
    // A shot without a take shows nothing to go on from.
    timeline.tracks[0].items[0] = makeItem(makeShot({}, frames(4)));
    QCOMPARE(shotContext(timeline, shot.id)->leadIn, frames(0));
}

void TestTimelineModel::recipesAreWrittenWhole() {
    Recipe recipe;
    recipe.control = RecipeControl::Keep;
    recipe.keeping = RecipeKeeping::Blend;
    recipe.framesBefore = 12;
    recipe.framesAfter = 6;
    recipe.loras = {{"look.safetensors", {{0.0, 0.8}}}, {"/other.gguf", {{0.0, 1.0}, {0.5, 0.0}}}};
    recipe.tuning = {.preset = "lightx2v",
                     .zeroStar = true,
                     .zeroInit = 0.04,
                     .guidanceFrom = 0.1,
                     .guidanceTo = 0.8,
                     .cache = RecipeCache::FirstBlock,
                     .windowFrames = 0,
                     .windowOverlap = 8,
                     .promptBlend = 0};
    QVERIFY(recipeFrom(recipeParameters(recipe)) == recipe);
    QVERIFY(checkRecipe(recipe).has_value());
    recipe.loras.front().points = {{0.5, 1.0}, {0.2, 1.0}}; // backwards
    QVERIFY(!checkRecipe(recipe).has_value());
    QVERIFY(recipeParameters({}).json().empty());
    const Metadata nonsense(Json::parse(
        R"({"loras":[3,{"file":""},{"file":"a","points":[{"position":2}]}],"frames_before":-1,"step_cache":7})"));
    QVERIFY(recipeFrom(nonsense).loras == (std::vector<RecipeLora>{{"a", {{0.0, 1.0}}}}));
    QCOMPARE(recipeFrom(nonsense).framesBefore, 0);
}

void TestTimelineModel::shotsHandles() {
    Timeline timeline = timelineOf("A10 <2,3> B10 <4,1> C10");
    Clip shot = *findClip(timeline, idOf('B'));
    timeline.tracks[0].items[2] = makeItem(withRecipe(shot, {}));
    const auto context = shotContext(timeline, shot.id);
    QCOMPARE(context->handleBefore, frames(2));
    QCOMPARE(context->handleAfter, frames(1));
}

void TestTimelineModel::recipesSurviveNonsense() {
    const Metadata nonsense(Json::parse(
        R"({"model":5,"seed":-1,"steps":1e300,"guidance":"high","strength":7,"control":"magic","sampler":null,"prompt":"kept"})"));
    Recipe expected;
    expected.prompt = "kept";
    QVERIFY(recipeFrom(nonsense) == expected);
    QVERIFY(recipeFrom(recipeParameters(expected)) == expected);
    QCOMPARE(expected.control, RecipeControl::Auto);
    expected.control = RecipeControl::None; // chosen: not the same as not said
    QVERIFY(recipeFrom(recipeParameters(expected)) == expected);
    expected.steps = -1;
    QVERIFY(!checkRecipe(expected).has_value());
    QVERIFY(titleFrom(Metadata(Json::parse(R"({"text":["a"],"size":0,"color":"#12345g","x":1e9})"))) == Title());
}

void TestTimelineModel::takeNamesCount() {
    Clip shot = makeShot({}, frames(5));
    QCOMPARE(nextTakeKey(shot), std::string("take-1"));
    for (const char* key :
         {"take-2", "take-10", "take-007", "take-x", "take-", "take-18446744073709551615", "Take-99"}) {
        shot.references[key] = ExternalReference();
    }
    QCOMPARE(takeKeys(shot), (std::vector<std::string>{"take-2", "take-10"}));
    QCOMPARE(nextTakeKey(shot), std::string("take-11"));
}

QTEST_APPLESS_MAIN(TestTimelineModel)
#include "TestTimelineModel.moc"
