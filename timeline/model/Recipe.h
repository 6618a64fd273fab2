#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Item.h"
#include "timeline/model/RecipeParts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace timeline {

/// What a shot asks of the model, beside what lies around it on the timeline (see ShotContext): the parameters of the
/// GeneratorReference under kRecipeKey.
/// Thread: a value.
struct Recipe {
    std::string model;  ///< its name in the catalogue; empty: the settings' choice
    std::string prompt; ///< for the frames without a prompt clip above
    std::string negativePrompt;
    std::optional<std::uint64_t> seed; ///< absent: a new one for each take
    int steps = 0;                     ///< 0: the model's own
    std::optional<double> guidance;    ///< absent: the model's own
    std::optional<double> shift;       ///< absent: the model's own
    double strength = 1.0;             ///< of video-to-video without control: 0 keeps the base, 1 ignores it
    RecipeControl control = RecipeControl::Auto;
    std::string sampler; ///< empty: the model's own
    RecipeKeeping keeping = RecipeKeeping::Auto;
    int framesBefore = 0; ///< of the film before the shot that it goes on from, in frames of the timeline
    int framesAfter = 0;  ///< and of the film after it that it leads to
    std::vector<RecipeLora> loras;
    RecipeTuning tuning;

    bool operator==(const Recipe&) const = default;
};

/// One thing that the model saw: "base", "first-frame", "known", "style" or "lora", by the hash of its contents.
struct TakeInput {
    std::string role;
    std::string name; ///< the clip's or file's, for a person
    std::string hash;
    double strength = 1.0;

    bool operator==(const TakeInput&) const = default;
};

/// A prompt and its part of the shot, in the shot's own frames.
struct TakePrompt {
    std::string text;
    std::int64_t firstFrame = 0;
    std::int64_t endFrame = 0;

    bool operator==(const TakePrompt&) const = default;
};

/// How a take was made, enough to make it again: in the metadata of its ExternalReference.
/// Thread: a value.
struct TakeRecord {
    Recipe recipe; ///< with the values that were used filled in
    std::vector<TakePrompt> prompts;
    std::vector<TakeInput> inputs;
    std::string modelHash;
    std::string requestKey;

    bool operator==(const TakeRecord&) const = default;
};

/// InvalidArgument when a number is out of its range (RecipeLimits.h), a strength or a share not from 0 to 1, or there
/// are too many LoRAs.
Result<void> checkRecipe(const Recipe& recipe);

/// What is missing, misshapen or out of range is the default.
Recipe recipeFrom(const Metadata& parameters);
/// Over `old` parameters: keys that are not ours stay.
Metadata recipeParameters(const Recipe& recipe, const Metadata& old = {});

/// The shot's recipe; nothing when the clip is no shot.
std::optional<Recipe> recipeOf(const Clip& clip);
/// The clip with this recipe; turns a clip into a shot. An old recipe's other parameters stay.
Clip withRecipe(Clip clip, const Recipe& recipe);

/// The keys of a shot's takes in the order they were made: "take-1", "take-2", "take-10".
std::vector<std::string> takeKeys(const Clip& clip);
/// The key that the next take gets: one above the highest.
std::string nextTakeKey(const Clip& clip);
/// Nothing when the reference has none.
std::optional<TakeRecord> takeRecord(const MediaReference& reference);
/// A take for the shot as it was when it was asked for: its available range is the shot's source range.
ExternalReference makeTake(const Clip& shot, std::string url, const TakeRecord& record);

} // namespace timeline
