#include "timeline/model/Recipe.h"

#include "timeline/model/Generators.h"
#include "timeline/model/JsonFields.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string_view>
#include <utility>

namespace timeline {

namespace {

constexpr std::string_view kTakePrefix = "take-";
constexpr const char* kTakeRecordKey = "take";
/// The number in "take-N"; nothing for other keys.
std::optional<std::uint64_t> takeNumber(std::string_view key) {
    if (!key.starts_with(kTakePrefix)) {
        return std::nullopt;
    }
    key.remove_prefix(kTakePrefix.size());
    std::uint64_t number = 0;
    const auto [end, status] = std::from_chars(key.data(), key.data() + key.size(), number);
    // "take-07" and "take-7b" are somebody else's names.
    const bool isOurs = status == std::errc() && end == key.data() + key.size() && key.front() != '0' &&
                        number < std::numeric_limits<std::uint64_t>::max();
    return isOurs ? std::optional(number) : std::nullopt;
}

std::vector<std::pair<std::uint64_t, std::string>> numberedTakes(const Clip& clip) {
    std::vector<std::pair<std::uint64_t, std::string>> takes;
    for (const auto& [key, reference] : clip.references) {
        if (const auto number = takeNumber(key)) {
            takes.emplace_back(*number, key);
        }
    }
    std::ranges::sort(takes);
    return takes;
}

Json jsonFrom(const TakeRecord& record) {
    Json prompts = Json::array();
    for (const TakePrompt& prompt : record.prompts) {
        prompts.push_back(
            Json{{"text", prompt.text}, {"first_frame", prompt.firstFrame}, {"end_frame", prompt.endFrame}});
    }
    Json inputs = Json::array();
    for (const TakeInput& input : record.inputs) {
        inputs.push_back(
            Json{{"role", input.role}, {"name", input.name}, {"hash", input.hash}, {"strength", input.strength}});
    }
    return Json{{"recipe", recipeParameters(record.recipe).json()},
                {"prompts", std::move(prompts)},
                {"inputs", std::move(inputs)},
                {"model_hash", record.modelHash},
                {"request_key", record.requestKey}};
}

TakeRecord recordFrom(const Json& object) {
    constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
    TakeRecord record;
    if (const Json* recipe = member(object, "recipe")) {
        record.recipe = recipeFrom(Metadata(*recipe));
    }
    if (const Json* prompts = member(object, "prompts"); prompts && prompts->is_array()) {
        for (const Json& prompt : *prompts) {
            record.prompts.push_back({textAt(prompt, "text"),
                                      wholeAt<std::int64_t>(prompt, "first_frame", 0, last).value_or(0),
                                      wholeAt<std::int64_t>(prompt, "end_frame", 0, last).value_or(0)});
        }
    }
    if (const Json* inputs = member(object, "inputs"); inputs && inputs->is_array()) {
        for (const Json& input : *inputs) {
            record.inputs.push_back({textAt(input, "role"), textAt(input, "name"), textAt(input, "hash"),
                                     numberAt(input, "strength", 0.0, 1.0).value_or(1.0)});
        }
    }
    record.modelHash = textAt(object, "model_hash");
    record.requestKey = textAt(object, "request_key");
    return record;
}

} // namespace

Result<void> checkRecipe(const Recipe& recipe) {
    if (recipeFrom(recipeParameters(recipe)) == recipe) {
        return {};
    }
    return Error{ErrorCode::InvalidArgument, "recipe", "a number is out of range"};
}

std::optional<Recipe> recipeOf(const Clip& clip) {
    const auto found = clip.references.find(kRecipeKey);
    if (found == clip.references.end()) {
        return std::nullopt;
    }
    const auto* generator = std::get_if<GeneratorReference>(&found->second);
    return generator ? recipeFrom(generator->parameters) : Recipe();
}

Clip withRecipe(Clip clip, const Recipe& recipe) {
    MediaReference& reference = clip.references[kRecipeKey];
    auto* generator = std::get_if<GeneratorReference>(&reference);
    if (!generator) {
        generator = &reference.emplace<GeneratorReference>();
        generator->kind = kRecipeKind;
    }
    generator->parameters = recipeParameters(recipe, generator->parameters);
    return clip;
}

std::vector<std::string> takeKeys(const Clip& clip) {
    std::vector<std::string> keys;
    for (auto& [number, key] : numberedTakes(clip)) {
        keys.push_back(std::move(key));
    }
    return keys;
}

std::string nextTakeKey(const Clip& clip) {
    const auto takes = numberedTakes(clip);
    return std::string(kTakePrefix) + std::to_string(takes.empty() ? 1 : takes.back().first + 1);
}

std::optional<TakeRecord> takeRecord(const MediaReference& reference) {
    const auto* file = std::get_if<ExternalReference>(&reference);
    if (!file) {
        return std::nullopt;
    }
    const Json ours = ourMetadata(file->metadata);
    const Json* record = member(ours, kTakeRecordKey);
    return record && record->is_object() ? std::optional(recordFrom(*record)) : std::nullopt;
}

ExternalReference makeTake(const Clip& shot, std::string url, const TakeRecord& record) {
    ExternalReference take;
    take.url = std::move(url);
    take.availableRange = shot.sourceRange;
    take.metadata = withOurMetadata({}, Json{{kTakeRecordKey, jsonFrom(record)}});
    return take;
}

} // namespace timeline
