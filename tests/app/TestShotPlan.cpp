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

timeline::Item gap(std::int64_t length) {
    timeline::Gap nothing;
    nothing.id = timeline::ItemId::create();
    nothing.duration = frames(length);
    return nothing;
}

/// 48 frames of a shot over whatever.
struct Parts {
    timeline::Timeline film;
    timeline::ItemId shot;

    explicit Parts(std::vector<timeline::Item> below) {
        film.format = {.rate = kRate, .width = 1280, .height = 720};
        timeline::Track base = timeline::makeTrack(TrackKind::Video, {});
        for (timeline::Item& item : below) {
            base.items.push_back(timeline::makeItem(std::move(item)));
        }
        const timeline::Clip made = timeline::makeShot({}, frames(48));
        shot = made.id;
        film.tracks = {base, trackOf(TrackKind::Video, {made})};
    }
    timeline::ShotContext context() const { return *timeline::shotContext(film, shot); }
    void setRecipe(const timeline::Recipe& recipe) { film = *timeline::setRecipe(film, shot, recipe); }
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
        QVERIFY(conditionsOf(scene.context(), settledRecipe(scene.context(), starter()), starter()) ==
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

    void partsBelowBecomeKnownFrames() {
        Parts scene({file("walk.mp4", 12), gap(24), file("end.png", 12, true)});
        const auto context = scene.context();
        const timeline::Recipe settled = settledRecipe(context, starter());
        QVERIFY(settled.control == timeline::RecipeControl::Keep);
        // 24 frames a second become 12: the clip's half second is six of the model's frames, the still is its last one.
        QVERIFY(knownSpans(context, settled, timeline::FrameRate(12)) ==
                (std::vector<KnownSpan>{{0, 6, false, {}}, {23, 1, false, frames(36)}}));
        QVERIFY(conditionsOf(context, settled, starter()) == (Conditions{"extend_forward", "last_frame"}));
        // The starter has not learnt that: it is blended, which any model bears, and the user is told.
        QVERIFY(keepingOf(context, settled, starter()) == timeline::RecipeKeeping::Blend);
        QCOMPARE(shotProblem(context, starter()), QString());
        QVERIFY(shotNote(context, starter()).contains("starter"));
        ModelInfo vace = starter();
        vace.conditions = {{"any"}};
        QVERIFY(keepingOf(context, settled, vace) == timeline::RecipeKeeping::Model);
        QCOMPARE(shotNote(context, vace), QString());
        timeline::Recipe strict;
        strict.keeping = timeline::RecipeKeeping::Model; // the user's word
        scene.setRecipe(strict);
        QVERIFY(shotProblem(scene.context(), starter()).contains("last frame"));
    }

    void aStillAtOneEndIsTheFirstOrTheLastFrame() {
        Parts first({file("a.png", 12, true)});
        QVERIFY(hasFirstFrame(first.context(), settledRecipe(first.context(), starter())));
        QVERIFY(conditionsOf(first.context(), settledRecipe(first.context(), starter()), starter()) ==
                Conditions{"first_frame"});
        QVERIFY(keepingOf(first.context(), settledRecipe(first.context(), starter()), starter()) ==
                timeline::RecipeKeeping::Model);
        Parts both({file("a.png", 12, true), gap(24), file("b.png", 12, true)});
        QVERIFY(conditionsOf(both.context(), settledRecipe(both.context(), starter()), starter()) ==
                (Conditions{"first_frame", "last_frame"}));
        Parts middle({gap(20), file("b.png", 4, true)});
        QVERIFY(conditionsOf(middle.context(), settledRecipe(middle.context(), starter()), starter()) ==
                Conditions{"known_frames"});
    }

    void theFilmBesideAShotIsGiven() {
        Parts scene({});
        timeline::Recipe recipe;
        recipe.framesBefore = 12;
        recipe.framesAfter = 12;
        scene.setRecipe(recipe);
        timeline::Timeline& film = scene.film;
        film.tracks[1].items.insert(film.tracks[1].items.begin(), timeline::makeItem(file("before.mp4", 24)));
        film.tracks[1].items.push_back(timeline::makeItem(file("after.mp4", 24)));
        const auto context = scene.context();
        QCOMPARE(takeRange(context), (timeline::TimeRange{frames(12), frames(72)}));
        const timeline::Recipe settled = settledRecipe(context, starter());
        QVERIFY(knownSpans(context, settled, timeline::FrameRate(12)) ==
                (std::vector<KnownSpan>{{0, 6, true, {}}, {30, 6, true, {}}}));
        QVERIFY(conditionsOf(context, settled, starter()) == Conditions{"bridge"});
        // The take holds them, so that the shot begins after them.
        const auto take = takeFor(film, context, "take.mkv", {}, starter());
        QCOMPARE(take->availableRange->start, frames(-12));
        QCOMPARE(take->availableRange->duration, frames(72));
        const std::string key = *contextKey(film, scene.shot, starter());
        film.tracks[1].items.back() = timeline::makeItem(file("other.mp4", 24));
        QVERIFY(*contextKey(film, scene.shot, starter()) != key);
    }

    void underAMaskTheBaseIsKept() {
        Scene scene;
        const std::string unmasked = scene.key(starter());
        scene.film.tracks.push_back(trackOf(TrackKind::Mask, {file("mask.png", 24, true)}));
        const auto context = scene.context();
        const timeline::Recipe settled = settledRecipe(context, starter());
        QVERIFY(settled.control == timeline::RecipeControl::None); // not its luma, which is what follows without one
        QVERIFY(conditionsOf(context, settled, starter()) == (Conditions{"inpaint", "reference"}));
        QVERIFY(keepingOf(context, settled, starter()) == timeline::RecipeKeeping::Blend);
        QCOMPARE(shotProblem(context, starter()), QString());
        QVERIFY(shotNote(context, starter()).contains("starter"));
        // Stale when the mask is another, or lies elsewhere.
        const std::string key = scene.key(starter());
        QVERIFY(key != unmasked);
        scene.film.tracks.back() = trackOf(TrackKind::Mask, {file("mask.png", 30, true)});
        QVERIFY(scene.key(starter()) != key);
        scene.film.tracks.back() = trackOf(TrackKind::Mask, {file("other.png", 24, true)});
        QVERIFY(scene.key(starter()) != key);
        // Depth and a mask would make two things of one base; without a base the mask does not count.
        timeline::Recipe guided;
        guided.control = timeline::RecipeControl::Depth;
        Scene both = scene;
        both.film = *timeline::setRecipe(both.film, both.shot, guided);
        QVERIFY(shotProblem(both.context(), starter()).contains("mask"));
        scene.film.tracks.erase(scene.film.tracks.begin());
        QCOMPARE(shotProblem(scene.context(), starter()), QString());
        QVERIFY(shotNote(scene.context(), starter()).contains("mask"));
    }

    void aMaskedStillIsNoFirstFrame() {
        Parts scene({file("a.png", 48, true)});
        scene.film.tracks.push_back(trackOf(TrackKind::Mask, {file("mask.png", 48, true)}));
        const auto context = scene.context();
        const timeline::Recipe settled = settledRecipe(context, starter());
        QVERIFY(!hasFirstFrame(context, settled));
        QVERIFY(knownSpans(context, settled, timeline::FrameRate(12)).empty());
    }

    void whatTransitionsShowOfAShotHasTheMaskOfItsEnds() {
        Parts scene({file("walk.mp4", 48)});
        timeline::ShotContext context = scene.context();
        context.range.start = frames(20);
        context.handleBefore = frames(4);
        context.handleAfter = frames(4);
        const auto times = maskTimes(context, {224, 126, timeline::FrameRate(12), 28});
        QCOMPARE(times.size(), std::size_t(28));
        QCOMPARE(times[0], frames(20));
        QCOMPARE(times[2], frames(20));
        QCOMPARE(times[3], frames(22));
        QCOMPARE(times[27], frames(67));
    }

    void whatIsAllThereIsNotMade() {
        Parts scene({file("walk.mp4", 48)});
        timeline::Recipe recipe;
        recipe.control = timeline::RecipeControl::Keep;
        scene.setRecipe(recipe);
        QVERIFY(!shotProblem(scene.context(), starter()).isEmpty());
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
        recipe = scene.context().recipe;
        recipe.loras = {{"look.safetensors"}};
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
