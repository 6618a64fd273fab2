#pragma once

#include "generation/training/world/Attributes.h"

#include <string_view>
#include <vector>

namespace generation::world {

using Phrases = std::vector<std::string_view>;

/// Synonyms. What the first film set said is still said; its models' prompts stay valid.
const Phrases& phrasesFor(Scene scene);
const Phrases& phrasesFor(TimeOfDay time);
const Phrases& phrasesFor(Weather weather); ///< none for Clear
const Phrases& phrasesFor(Camera camera);   ///< including Static

/// With "{}" for the colour where the subject has one: "a {} hot air balloon".
const Phrases& phrasesFor(Subject subject);
/// How a subject moves: "drifting", to be followed by a direction.
const Phrases& motionsOf(Subject subject);
const Phrases& phrasesFor(Direction direction);
const Phrases& phrasesFor(Colour colour);

/// Put in front: "an oil painting of"; put behind: "in the style of an oil painting".
const Phrases& styleInFront(Style style);
const Phrases& styleBehind(Style style);

/// What else may be named.
enum class Extra { Clouds, NoClouds, Aurora, Sunbeams, LensFlare, WetLens, Shallow, Ring };
constexpr int kExtras = 8;
const Phrases& phrasesFor(Extra extra);

} // namespace generation::world
