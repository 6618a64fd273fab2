#include "app/generation/ShotPlan.h"
#include "app/generation/ShotTake.h"
#include "timeline/edit/SetProperty.h"
#include "timeline/edit/SetRecipe.h"
#include "timeline/edit/Takes.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

#include <QTest>

using namespace app;
using timeline::RationalTime;
using timeline::TrackKind;

namespace {

const timeline::FrameRate kRate(24);

const timeline::ClipProperties kFaded = [] {
    timeline::ClipProperties properties;
    properties.opacity = 0.5;
    return properties;
}();

RationalTime frames(std::int64_t count) {
    return {count, kRate};
}

timeline::Clip file(const std::string& url, std::int64_t length, bool isStill = false) {
    timeline::ExternalReference reference;
    reference.url = url;
    return timeline::makeMediaClip(reference, {frames(0), frames(length)},
                                   isStill ? timeline::MediaMotion::Still : timeline::MediaMotion::Moving);
}

timeline::Track trackOf(TrackKind kind, const std::vector<timeline::Clip>& clips) {
    timeline::Track track = timeline::makeTrack(kind, {});
    for (const timeline::Clip& clip : clips) {
        track.items.push_back(timeline::makeItem(clip));
    }
    return track;
}

/// 48 frames: base, shot, a style and two prompts.
struct Scene {
    timeline::Timeline film;
    timeline::ItemId shot;
    timeline::ItemId prompt;
    timeline::ItemId style;
    timeline::ItemId base;

    Scene() {
        film.format = {.rate = kRate, .width = 1280, .height = 720};
        const timeline::Clip below = file("boat.mp4", 48);
        timeline::Recipe recipe;
        recipe.prompt = "between";
        const timeline::Clip made = timeline::makeShot(recipe, frames(48));
        const timeline::Clip look = file("/styles/oil.png", 48, true);
        const timeline::Clip words = timeline::makePromptClip({"first", "blur"}, frames(12));
        base = below.id;
        shot = made.id;
        style = look.id;
        prompt = words.id;
        film.tracks = {trackOf(TrackKind::Video, {below}), trackOf(TrackKind::Video, {made}),
                       trackOf(TrackKind::Style, {look}), trackOf(TrackKind::Prompt, {words})};
    }
    timeline::ShotContext context() const { return *timeline::shotContext(film, shot); }
    std::string key(const ModelInfo& model) const { return *contextKey(film, shot, model); }
};

ModelInfo starter() {
    ModelInfo model;
    model.name = "starter";
    model.width = 224;
    model.height = 128;
    model.frames = 25;
    model.fps = 12;
    model.conditions = {{"first_frame"}, {"luma"}, {"edges"}, {"reference"}, {"luma", "reference"}};
    return model;
}

} // namespace

class TestShotPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void framesFitTheModelAndTheSequence_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("takeWidth");
        QTest::addColumn<int>("takeHeight");
        QTest::newRow("wide") << 1280 << 720 << 224 << 126;
        QTest::newRow("the model's own") << 448 << 256 << 224 << 128;
        QTest::newRow("tall") << 720 << 1280 << 126 << 224;
        QTest::newRow("square") << 1000 << 1000 << 128 << 128;
        QTest::newRow("a line") << 16384 << 16 << 224 << 2;
    }
    void framesFitTheModelAndTheSequence() {
        QFETCH(int, width);
        QFETCH(int, height);
        timeline::SequenceFormat format;
        format.width = width;
        format.height = height;
        const TakeFormat take = takeFormat(format, {frames(0), frames(50)}, starter());
        QTEST(take.width, "takeWidth");
        QTEST(take.height, "takeHeight");
        QCOMPARE(take.frames, std::int64_t(25));
        QVERIFY(take.rate == timeline::FrameRate(12));
    }

    void anIgnoredBaseIsFollowed() {
        Scene scene;
        QVERIFY(settledRecipe(scene.context(), starter()).control == timeline::RecipeControl::Luma);
        QVERIFY(conditionsOf(scene.context(), settledRecipe(scene.context(), starter())) ==
                (Conditions{"luma", "reference"}));
        timeline::Recipe alone = scene.context().recipe;
        alone.control = timeline::RecipeControl::None; // the user's word
        Scene ignored;
        ignored.film = *timeline::setRecipe(ignored.film, ignored.shot, alone);
        QVERIFY(settledRecipe(ignored.context(), starter()).control == timeline::RecipeControl::None);
        timeline::Recipe kept = scene.context().recipe;
        kept.strength = 0.5;
        scene.film = *timeline::setRecipe(scene.film, scene.shot, kept);
        QVERIFY(settledRecipe(scene.context(), starter()).control == timeline::RecipeControl::None);
        scene.film.tracks.erase(scene.film.tracks.begin());
        QCOMPARE(settledRecipe(scene.context(), starter()).strength, 1.0); // nothing to keep
    }

    void unknownCombinationsAreNamed() {
        Scene scene;
        QCOMPARE(shotProblem(scene.context(), starter()), QString());
        ModelInfo model = starter();
        model.conditions = {{"luma"}};
        QVERIFY(shotProblem(scene.context(), model).contains("starter"));
        scene.film.tracks.push_back(trackOf(TrackKind::Style, {file("other.png", 48, true)}));
        QVERIFY(!shotProblem(scene.context(), starter()).isEmpty()); // two style pictures
        model.problem = "broken";
        QCOMPARE(shotProblem(scene.context(), model), QString("broken"));
    }

    void promptsCoverTheShot() {
        Scene scene;
        const TakeFormat format = takeFormat(scene.film.format, takeRange(scene.context()), starter());
        const auto spans = promptSpans(scene.context(), format);
        QCOMPARE(spans.size(), std::size_t(2));
        QCOMPARE(spans[0].text, std::string("first"));
        QCOMPARE(spans[0].endFrame, std::int64_t(6));
        QCOMPARE(spans[1].text, std::string("between"));
        QCOMPARE(spans[1].endFrame, std::int64_t(24));
        QCOMPARE(negativePrompt(scene.context()), std::string("blur"));
        // Where nothing was said, the prompt before goes on.
        scene.film = *timeline::setRecipe(scene.film, scene.shot, {});
        QCOMPARE(promptSpans(scene.context(), format).size(), std::size_t(1));
    }

    void theUpperPromptWins() {
        Scene scene;
        timeline::Track lower = timeline::makeTrack(TrackKind::Prompt, {});
        timeline::Gap gap;
        gap.id = timeline::ItemId::create();
        gap.duration = frames(6);
        lower.items = {timeline::makeItem(gap),
                       timeline::makeItem(timeline::makePromptClip({"below", {}}, frames(42)))};
        scene.film.tracks.insert(scene.film.tracks.end() - 1, lower);
        const TakeFormat format = takeFormat(scene.film.format, takeRange(scene.context()), starter());
        const auto spans = promptSpans(scene.context(), format);
        QCOMPARE(spans.size(), std::size_t(2));
        QCOMPARE(spans[0].text, std::string("first")); // until its end, though the lower one begins later
        QCOMPARE(spans[0].endFrame, std::int64_t(6));
        QCOMPARE(spans[1].text, std::string("below"));
    }

    void theKeyChangesWithWhatTheShotSees() {
        Scene scene;
        const std::string key = scene.key(starter());
        QCOMPARE(scene.key(starter()), key);
        const auto differs = [&](const timeline::Timeline& film) {
            return *contextKey(film, scene.shot, starter()) != key;
        };
        QVERIFY(differs(*timeline::setPrompt(scene.film, scene.prompt, {"other", "blur"})));
        QVERIFY(differs(*timeline::setProperties(scene.film, scene.style, kFaded)));
        QVERIFY(differs(*timeline::setProperties(scene.film, scene.base, kFaded)));
        timeline::Recipe recipe = scene.context().recipe;
        recipe.steps = 3;
        QVERIFY(differs(*timeline::setRecipe(scene.film, scene.shot, recipe)));
        QVERIFY(!differs(*timeline::setName(scene.film, "renamed")));
        QVERIFY(!differs(*timeline::setClipName(scene.film, scene.base, "renamed")));
        ModelInfo other = starter();
        other.name = "other";
        QVERIFY(scene.key(other) != key);
    }

    void aTakeRemembersItsContext() {
        Scene scene;
        const auto take = takeFor(scene.film, scene.context(), "take.mkv", {}, starter());
        QVERIFY(take);
        const auto film = timeline::addTake(scene.film, scene.shot, *take);
        QVERIFY(film);
        QCOMPARE(chosenTakeContext(*timeline::findClip(*film, scene.shot)), scene.key(starter()));
        QCOMPARE(*contextKey(*film, scene.shot, starter()), scene.key(starter())); // a take is no input of its own shot
        QVERIFY(chosenTakeContext(*timeline::findClip(scene.film, scene.shot)).empty());
    }
};

QTEST_GUILESS_MAIN(TestShotPlan)
#include "TestShotPlan.moc"
