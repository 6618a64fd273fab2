// Recipes as parameters of their GeneratorReference.

#include "timeline/model/JsonFields.h"
#include "timeline/model/Recipe.h"
#include "timeline/model/RecipeLimits.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace timeline {

namespace {

using namespace recipeLimits;

constexpr std::size_t kMostPoints = 32;

/// The words that an enumeration's values have in the file.
template <typename Value, std::size_t N>
using Words = std::array<std::pair<Value, const char*>, N>;

constexpr Words<RecipeControl, 8> kControls{{{RecipeControl::Auto, "auto"},
                                             {RecipeControl::None, "none"},
                                             {RecipeControl::Edges, "edges"},
                                             {RecipeControl::Luma, "luma"},
                                             {RecipeControl::Blur, "blur"},
                                             {RecipeControl::Depth, "depth"},
                                             {RecipeControl::Guide, "guide"},
                                             {RecipeControl::Keep, "keep"}}};
constexpr Words<RecipeKeeping, 3> kKeepings{
    {{RecipeKeeping::Auto, "auto"}, {RecipeKeeping::Model, "model"}, {RecipeKeeping::Blend, "blend"}}};
constexpr Words<RecipeCache, 4> kCaches{{{RecipeCache::None, "none"},
                                         {RecipeCache::Auto, "auto"},
                                         {RecipeCache::Easy, "easy"},
                                         {RecipeCache::FirstBlock, "first-block"}}};

template <typename Value, std::size_t N>
std::string wordFor(const Words<Value, N>& words, Value value) {
    return std::ranges::find(words, value, &std::pair<Value, const char*>::first)->second;
}

/// The first of the words' values is that of everything unknown.
template <typename Value, std::size_t N>
Value valueOf(const Words<Value, N>& words, const std::string& word) {
    const auto found = std::ranges::find_if(words, [&](const auto& entry) { return word == entry.second; });
    return found == words.end() ? words.front().first : found->first;
}

template <typename Value, std::size_t N>
void putWord(Json& object, const char* key, const Words<Value, N>& words, Value value) {
    putUnlessDefault(object, key, wordFor(words, value), std::string(words.front().second));
}

std::vector<RecipeLora::Point> pointsFrom(const Json& lora) {
    std::vector<RecipeLora::Point> points;
    const Json* list = member(lora, "points");
    double last = 0.0;
    for (std::size_t i = 0; list && list->is_array() && i < std::min(list->size(), kMostPoints); ++i) {
        const auto position = numberAt((*list)[i], "position", last, 1.0);
        const auto strength = numberAt((*list)[i], "strength", -kMaxLoraStrength, kMaxLoraStrength);
        if (position && strength) {
            points.push_back({*position, *strength});
            last = *position;
        }
    }
    return points.empty() ? RecipeLora().points : points;
}

std::vector<RecipeLora> lorasFrom(const Json& object) {
    std::vector<RecipeLora> loras;
    const Json* list = member(object, "loras");
    for (std::size_t i = 0; list && list->is_array() && i < std::min(list->size(), kMostLoras); ++i) {
        RecipeLora lora{textAt((*list)[i], "file"), pointsFrom((*list)[i])};
        if (!lora.file.empty()) {
            loras.push_back(std::move(lora));
        }
    }
    return loras;
}

void putLoras(Json& object, const std::vector<RecipeLora>& loras) {
    Json list = Json::array();
    for (const RecipeLora& lora : loras) {
        Json points = Json::array();
        for (const RecipeLora::Point& point : lora.points) {
            points.push_back(Json{{"position", point.position}, {"strength", point.strength}});
        }
        list.push_back(Json{{"file", lora.file}, {"points", std::move(points)}});
    }
    putUnlessDefault(object, "loras", list, Json::array());
}

RecipeTuning tuningFrom(const Json& object) {
    RecipeTuning tuning;
    const auto share = [&](const char* key, double fallback) {
        return numberAt(object, key, 0.0, 1.0).value_or(fallback);
    };
    tuning.preset = textAt(object, "preset");
    tuning.zeroStar = flagAt(object, "zero_star", false);
    tuning.zeroInit = share("zero_init", tuning.zeroInit);
    tuning.guidanceFrom = share("guidance_from", tuning.guidanceFrom);
    tuning.guidanceTo = share("guidance_to", tuning.guidanceTo);
    tuning.cache = valueOf(kCaches, textAt(object, "step_cache"));
    tuning.windowFrames = wholeAt<int>(object, "window_frames", -1, kMaxWindow).value_or(tuning.windowFrames);
    tuning.windowOverlap = wholeAt<int>(object, "window_overlap", 0, kMaxWindow).value_or(tuning.windowOverlap);
    tuning.promptBlend = wholeAt<int>(object, "prompt_blend", 0, kMaxWindow).value_or(tuning.promptBlend);
    return tuning;
}

void putTuning(Json& object, const RecipeTuning& tuning) {
    const RecipeTuning own;
    putUnlessDefault(object, "preset", tuning.preset, own.preset);
    putUnlessDefault(object, "zero_star", tuning.zeroStar, own.zeroStar);
    putUnlessDefault(object, "zero_init", tuning.zeroInit, own.zeroInit);
    putUnlessDefault(object, "guidance_from", tuning.guidanceFrom, own.guidanceFrom);
    putUnlessDefault(object, "guidance_to", tuning.guidanceTo, own.guidanceTo);
    putWord(object, "step_cache", kCaches, tuning.cache);
    putUnlessDefault(object, "window_frames", tuning.windowFrames, own.windowFrames);
    putUnlessDefault(object, "window_overlap", tuning.windowOverlap, own.windowOverlap);
    putUnlessDefault(object, "prompt_blend", tuning.promptBlend, own.promptBlend);
}

} // namespace

Recipe recipeFrom(const Metadata& parameters) {
    const Json& object = parameters.json();
    Recipe recipe;
    recipe.model = textAt(object, "model");
    recipe.prompt = textAt(object, "prompt");
    recipe.negativePrompt = textAt(object, "negative");
    recipe.seed = wholeAt<std::uint64_t>(object, "seed", 0, std::numeric_limits<std::uint64_t>::max());
    recipe.steps = wholeAt<int>(object, "steps", 0, kMaxSteps).value_or(0);
    recipe.guidance = numberAt(object, "guidance", 0.0, kMaxGuidance);
    recipe.shift = numberAt(object, "shift", kLeastShift, kMaxShift);
    recipe.strength = numberAt(object, "strength", 0.0, 1.0).value_or(1.0);
    recipe.control = valueOf(kControls, textAt(object, "control"));
    recipe.sampler = textAt(object, "sampler");
    recipe.keeping = valueOf(kKeepings, textAt(object, "keeping"));
    recipe.framesBefore = wholeAt<int>(object, "frames_before", 0, kMaxContextFrames).value_or(0);
    recipe.framesAfter = wholeAt<int>(object, "frames_after", 0, kMaxContextFrames).value_or(0);
    recipe.loras = lorasFrom(object);
    recipe.tuning = tuningFrom(object);
    return recipe;
}

Metadata recipeParameters(const Recipe& recipe, const Metadata& old) {
    Json object = old.json();
    putUnlessDefault(object, "model", recipe.model, std::string());
    putUnlessDefault(object, "prompt", recipe.prompt, std::string());
    putUnlessDefault(object, "negative", recipe.negativePrompt, std::string());
    putIfSet(object, "seed", recipe.seed);
    putUnlessDefault(object, "steps", recipe.steps, 0);
    putIfSet(object, "guidance", recipe.guidance);
    putIfSet(object, "shift", recipe.shift);
    putUnlessDefault(object, "strength", recipe.strength, 1.0);
    putWord(object, "control", kControls, recipe.control);
    putUnlessDefault(object, "sampler", recipe.sampler, std::string());
    putWord(object, "keeping", kKeepings, recipe.keeping);
    putUnlessDefault(object, "frames_before", recipe.framesBefore, 0);
    putUnlessDefault(object, "frames_after", recipe.framesAfter, 0);
    putLoras(object, recipe.loras);
    putTuning(object, recipe.tuning);
    return Metadata(std::move(object));
}

} // namespace timeline
