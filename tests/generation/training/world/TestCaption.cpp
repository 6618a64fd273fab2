#include "generation/training/world/Caption.h"
#include "generation/training/world/Phrases.h"

#include "tests/generation/training/world/FilmSetTests.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <sstream>

using namespace generation::world;
using generation::test::Checks;

namespace {

bool says(const std::string& caption, const Phrases& phrases) {
    return std::any_of(phrases.begin(), phrases.end(),
                       [&](std::string_view phrase) { return caption.find(phrase) != std::string::npos; });
}

void captionsAreTrue(Checks& checks) {
    for (std::uint64_t seed = 0; seed < 600; ++seed) {
        const Clip clip = castClip(seed);
        const std::string caption = captionOf(clip, seed / 3);
        CHECK(checks, !caption.empty() && caption.find("{}") == std::string::npos);
        CHECK(checks, caption.find("  ") == std::string::npos && caption.find("a orange") == std::string::npos);
        CHECK(checks, clip.scene == Scene::Space || says(caption, phrasesFor(clip.scene)));
        CHECK(checks, clip.scene == Scene::Space || says(caption, phrasesFor(clip.time)));
        if (clip.weather != Weather::Clear) {
            CHECK(checks, says(caption, phrasesFor(clip.weather)));
        }
        if (isPainted(clip.subject)) {
            CHECK(checks, says(caption, phrasesFor(clip.colour)));
        }
        if (clip.style != Style::Natural) {
            CHECK(checks, says(caption, styleInFront(clip.style)) || says(caption, styleBehind(clip.style)));
        }
        for (const Camera other : {Camera::PanLeft, Camera::PanRight, Camera::ZoomIn, Camera::TiltUp}) {
            CHECK(checks, other == clip.camera || !says(caption, phrasesFor(other)));
        }
        CHECK(checks, clip.aurora || !says(caption, phrasesFor(Extra::Aurora)));
    }
}

void captionsVary(Checks& checks) {
    std::set<std::string> captions;
    Clip clip = castClip(3);
    clip.scene = Scene::Lake;
    clip.subject = Subject::Sailboat;
    clip.camera = Camera::PanLeft;
    for (std::uint64_t epoch = 0; epoch < 200; ++epoch) {
        captions.insert(captionOf(clip, epoch));
        CHECK_EQUAL(checks, captionOf(clip, epoch), captionOf(clip, epoch));
    }
    CHECK(checks, captions.size() > 120);
}

void theStyleCanBeLeftUnsaid(Checks& checks) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        Clip clip = castClip(seed);
        const std::string silent = captionOf(clip, 1, {.style = false});
        CHECK(checks, clip.style == Style::Natural || !says(silent, styleInFront(clip.style)));
        clip.style = Style::Natural;
        CHECK_EQUAL(checks, silent, captionOf(clip, 1));
    }
}

/// A tokenizer trained on the phrases has seen every word that a caption can hold.
void phrasesHoldEveryWord(Checks& checks) {
    std::set<std::string> words;
    for (const std::string& phrase : captionPhrases()) {
        CHECK(checks, phrase.find("{}") == std::string::npos && phrase.find("  ") == std::string::npos);
        std::istringstream stream(phrase);
        for (std::string word; stream >> word;) {
            words.insert(word);
        }
    }
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        std::string caption = captionOf(castClip(seed), seed);
        std::replace(caption.begin(), caption.end(), ',', ' ');
        std::istringstream stream(caption);
        for (std::string word; stream >> word;) {
            CHECK(checks, words.count(word) == 1);
        }
    }
    std::printf("       %zu phrases, %zu words\n", captionPhrases().size(), words.size());
}

/// The demo's prompts and the first film set's wording stay in the grammar.
void earlierPromptsAreStillSaid(Checks& checks) {
    CHECK(checks,
          says("a lake at sunset", phrasesFor(Scene::Lake)) && says("a lake at sunset", phrasesFor(TimeOfDay::Sunset)));
    const std::string demo = "a watercolor painting of the sea at sunset";
    CHECK(checks, says(demo, styleInFront(Style::Watercolor)) && says(demo, phrasesFor(Scene::Ocean)));
    const std::vector<std::string> phrases = captionPhrases();
    for (const char* old :
         {"ocean waves", "the open sea", "snowy peaks", "a pine forest", "sand dunes", "a hot air balloon", "drifting",
          "in the moonlight", "in the golden hour", "vintage film", "film noir", "pixel art", "pan left",
          "an oil painting of", "cloudy sky", "snow is falling", "misty"}) {
        CHECK(checks, std::binary_search(phrases.begin(), phrases.end(), std::string(old)));
    }
}

} // namespace

void captionTests(Checks& checks) {
    checks.run("captions are true", captionsAreTrue);
    checks.run("captions vary", captionsVary);
    checks.run("the style can be left unsaid", theStyleCanBeLeftUnsaid);
    checks.run("the phrases hold every word", phrasesHoldEveryWord);
    checks.run("earlier prompts are still said", earlierPromptsAreStillSaid);
}
