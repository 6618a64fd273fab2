#include "generation/training/world/Caption.h"

#include "generation/training/world/Dice.h"
#include "generation/training/world/Phrases.h"

#include <algorithm>
#include <set>

namespace generation::world {

namespace {

std::string withColour(std::string_view phrase, std::string_view colour) {
    const std::size_t at = phrase.find("{}");
    if (at == std::string_view::npos) {
        return std::string(phrase);
    }
    std::string text(phrase.substr(0, at));
    if (text == "a " && colour.starts_with('o')) { // an orange car
        text = "an ";
    }
    text.append(colour);
    text.append(phrase.substr(at + 2));
    return text;
}

/// Words behind words, with a space.
void addWords(std::string& text, std::string_view words) {
    text.append(" ").append(words);
}

std::string planetPhrase(const Clip& clip, Dice& dice) {
    std::string text = withColour("a {} planet", dice.pick(phrasesFor(clip.planet)));
    if (clip.ring && dice.chance(0.8F)) {
        addWords(text, dice.pick(phrasesFor(Extra::Ring)));
    }
    addWords(text, "in");
    addWords(text, dice.pick(Phrases{"deep space", "outer space", "space"}));
    return text;
}

std::string scenePhrase(const Clip& clip, Dice& dice) {
    if (clip.scene == Scene::Space) {
        return planetPhrase(clip, dice);
    }
    std::string text(dice.pick(phrasesFor(clip.scene)));
    addWords(text, dice.pick(phrasesFor(clip.time)));
    return text;
}

std::string subjectPhrase(const Clip& clip, Dice& dice) {
    const std::string_view phrase = dice.pick(phrasesFor(clip.subject));
    std::string text = withColour(phrase, dice.pick(phrasesFor(clip.colour)));
    if (dice.chance(0.9F)) {
        addWords(text, dice.pick(motionsOf(clip.subject)));
        addWords(text, dice.pick(phrasesFor(clip.direction)));
    }
    return text;
}

/// What follows the scene, in no order yet.
std::vector<std::string> detailsOf(const Clip& clip, Dice& dice) {
    std::vector<std::string> details;
    const auto say = [&](bool is, const Phrases& phrases, float how) {
        // The dice are thrown whether or not there is something to say, so that clips that differ in one thing are
        // worded alike.
        const bool said = dice.chance(how);
        const std::uint64_t choice = dice.next();
        if (is && said && !phrases.empty()) {
            details.emplace_back(Dice(choice).pick(phrases));
        }
    };
    if (clip.subject != Subject::None) {
        details.push_back(subjectPhrase(clip, dice));
    }
    const bool sky = clip.scene != Scene::Space && clip.weather == Weather::Clear;
    say(clip.weather != Weather::Clear, phrasesFor(clip.weather), 1.0F);
    say(sky && clip.clouds, phrasesFor(Extra::Clouds), 0.5F);
    say(sky && !clip.clouds, phrasesFor(Extra::NoClouds), 0.12F);
    say(clip.aurora, phrasesFor(Extra::Aurora), 0.95F);
    say(clip.sunbeams, phrasesFor(Extra::Sunbeams), 0.8F);
    say(clip.lensFlare, phrasesFor(Extra::LensFlare), 0.8F);
    say(clip.wetLens, phrasesFor(Extra::WetLens), 0.8F);
    say(clip.shallow, phrasesFor(Extra::Shallow), 0.7F);
    say(true, phrasesFor(clip.camera), clip.camera == Camera::Static ? 0.3F : 0.9F);
    return details;
}

void shuffle(std::vector<std::string>& list, Dice& dice) {
    for (std::size_t i = list.size(); i > 1; --i) {
        std::swap(list[i - 1], list[static_cast<std::size_t>(dice.below(static_cast<int>(i)))]);
    }
}

} // namespace

std::string captionOf(const Clip& clip, std::uint64_t seed) {
    return captionOf(clip, seed, CaptionParts{});
}

std::string captionOf(const Clip& clip, std::uint64_t seed, const CaptionParts& parts) {
    Dice dice(clip.seed ^ mixed(seed), 5);
    const bool styled = parts.style && clip.style != Style::Natural;
    const bool inFront = dice.chance(0.55F);
    std::string text;
    if (styled && inFront) {
        text.append(dice.pick(styleInFront(clip.style))).append(" ");
    }
    text.append(scenePhrase(clip, dice));
    std::vector<std::string> details = detailsOf(clip, dice);
    shuffle(details, dice);
    for (const std::string& detail : details) {
        text.append(", ").append(detail);
    }
    if (styled && !inFront) {
        text.append(", ").append(dice.pick(styleBehind(clip.style)));
    }
    return text;
}

std::vector<std::string> captionPhrases() {
    std::set<std::string> all{"an", "planet in"};
    const auto add = [&](const Phrases& phrases) {
        for (const std::string_view phrase : phrases) {
            std::string text = withColour(phrase, "");
            if (const std::size_t gap = text.find("  "); gap != std::string::npos) {
                text.erase(gap, 1);
            }
            all.insert(text);
        }
    };
    const auto each = [&](auto value, auto list) {
        for (int i = 0; i < kCountOf<decltype(value)>; ++i) {
            add(list(static_cast<decltype(value)>(i)));
        }
    };
    each(Scene{}, [](Scene value) -> const Phrases& { return phrasesFor(value); });
    each(TimeOfDay{}, [](TimeOfDay value) -> const Phrases& { return phrasesFor(value); });
    each(Weather{}, [](Weather value) -> const Phrases& { return phrasesFor(value); });
    each(Camera{}, [](Camera value) -> const Phrases& { return phrasesFor(value); });
    each(Subject{}, [](Subject value) -> const Phrases& { return phrasesFor(value); });
    each(Subject{}, [](Subject value) -> const Phrases& { return motionsOf(value); });
    each(Direction{}, [](Direction value) -> const Phrases& { return phrasesFor(value); });
    each(Colour{}, [](Colour value) -> const Phrases& { return phrasesFor(value); });
    each(Style{}, [](Style value) -> const Phrases& { return styleInFront(value); });
    each(Style{}, [](Style value) -> const Phrases& { return styleBehind(value); });
    for (int i = 0; i < kExtras; ++i) {
        add(phrasesFor(static_cast<Extra>(i)));
    }
    return {all.begin(), all.end()};
}

} // namespace generation::world
