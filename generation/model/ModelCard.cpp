#include "generation/model/ModelCard.h"

#include "generation/model/Families.h"
#include "generation/model/JsonFields.h"
#include "generation/weights/JsonFile.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>

namespace generation {

namespace {

/// Whether model_index.json speaks of a component: absent ones are null or [null, null].
bool hasComponent(const nlohmann::json& index, const char* name) {
    const auto found = index.find(name);
    return found != index.end() && found->is_array() && !found->empty() && !found->front().is_null();
}

const Family& familyOf(const nlohmann::json& index, const nlohmann::json& ours, const std::string& file) {
    const JsonFields fields(index, file);
    const std::string pipeline = fields.text("_class_name", "");
    const bool expandTimesteps = fields.boolean("expand_timesteps", false);
    const std::string name = JsonFields(ours, file).text("family", "");
    const bool hasTwo = hasComponent(index, "transformer_2");
    for (const Family& family : families()) {
        if (name.empty() ? family.pipelineClass == pipeline && family.expandTimesteps == expandTimesteps &&
                               (family.boundary > 0.0) == hasTwo
                         : family.name == name) {
            return family;
        }
    }
    throw WeightsError(file, "not a model of a known family: '" + (name.empty() ? pipeline : name) + "'");
}

std::vector<std::vector<std::string>> splitConditions(std::string_view text) {
    std::vector<std::vector<std::string>> conditions;
    std::istringstream words{std::string(text)};
    for (std::string word; words >> word;) {
        std::istringstream parts(word);
        conditions.emplace_back();
        for (std::string part; std::getline(parts, part, '+');) {
            conditions.back().push_back(part);
        }
    }
    return conditions;
}

std::vector<std::vector<std::string>> readConditions(const JsonFields& fields) {
    constexpr std::size_t kMost = 64;
    std::vector<std::vector<std::string>> conditions;
    for (const nlohmann::json& row : fields.list("conditions", kMost)) {
        if (!row.is_array() || row.size() > kMost) {
            fields.fail<bool>("conditions", "is not a list of lists");
        }
        conditions.emplace_back();
        for (const nlohmann::json& item : row) {
            conditions.back().push_back(item.is_string()
                                            ? item.get<std::string>()
                                            : fields.fail<std::string>("conditions", "is not made of names"));
        }
    }
    return conditions;
}

/// The published scheduler's own shift, where the folder has one.
double schedulerShift(const std::string& folder, double fallback) {
    const std::string file = folder + "/scheduler/scheduler_config.json";
    std::error_code error;
    if (!std::filesystem::exists(file, error)) {
        return fallback;
    }
    const nlohmann::json json = readJsonFile(file);
    const JsonFields fields(json, file);
    constexpr Range<double> range{0.01, 100.0};
    return fields.number("flow_shift", range, fields.number("shift", range, fallback));
}

/// "text_only" says in words how; what is there at all and not false counts.
bool runsTextAlone(const nlohmann::json& ours) {
    const auto found = ours.find("text_only");
    return found != ours.end() && !found->is_null() && *found != nlohmann::json(false);
}

void readSize(ModelCard& card, const JsonFields& fields) {
    if (fields.has("size")) {
        const auto size = fields.integers("size", {1, 16384}, 2);
        if (size.size() != 2) {
            fields.fail<bool>("size", "is not width and height");
        }
        card.width = static_cast<int>(size[0]);
        card.height = static_cast<int>(size[1]);
    }
    card.frames = fields.integer("frames", {1, 100'000}, card.frames);
    card.fpsNumerator = fields.integer("fps", {1, 1000}, card.fpsNumerator);
}

} // namespace

bool ModelCard::allows(std::vector<std::string> condition) const {
    std::sort(condition.begin(), condition.end());
    return condition.empty() || std::any_of(conditions.begin(), conditions.end(), [&](std::vector<std::string> known) {
               std::sort(known.begin(), known.end());
               return known == condition || known == std::vector<std::string>{"any"};
           });
}

ModelCard cardOfFamily(const Family& family, const std::string& name) {
    ModelCard card;
    card.family = family.name;
    card.name = name;
    card.width = family.width;
    card.height = family.height;
    card.frames = family.frames;
    card.fpsNumerator = family.fps;
    card.steps = family.steps;
    card.shift = family.shift;
    card.shift480p = family.shift480p;
    card.shift720p = family.shift720p;
    card.guidance = family.guidance;
    card.sampler = family.sampler;
    card.conditions = splitConditions(family.conditions);
    card.hasControl = family.hasControl;
    card.perTokenTime = family.expandTimesteps;
    card.experts.boundary = family.boundary;
    card.secondGuidance = family.secondGuidance > 0.0 ? family.secondGuidance : family.guidance;
    card.negativePrompt = family.negativePrompt;
    return card;
}

ModelCard readModelCard(const std::string& folder) {
    const std::string file = folder + "/model_index.json";
    const nlohmann::json index = readJsonFile(file);
    const auto found = index.find("fantascope");
    const nlohmann::json ours = found == index.end() ? nlohmann::json::object() : *found;
    if (!ours.is_object()) {
        throw WeightsError(file, "'fantascope' is not an object");
    }
    const JsonFields fields(ours, file);
    const Family& family = familyOf(index, ours, file);
    ModelCard card = cardOfFamily(family, std::filesystem::path(folder).filename().string());
    card.folder = folder;
    card.name = fields.text("name", card.name);
    card.licence = fields.text("licence", "");
    readSize(card, fields);
    card.maxTextTokens = static_cast<int>(fields.integer("max_text_tokens", {1, 4096}, card.maxTextTokens));
    card.steps = static_cast<int>(fields.integer("steps", {1, 1000}, card.steps));
    card.shift = fields.has("shift") ? fields.number("shift", {0.01, 100.0}) : schedulerShift(folder, card.shift);
    card.guidance = fields.number("guidance", {0.0, 100.0}, card.guidance);
    card.secondGuidance = fields.number("second_guidance", {0.0, 100.0}, card.secondGuidance);
    if (card.experts.areTwo()) {
        card.experts.boundary = JsonFields(index, file).number("boundary_ratio", {0.0, 1.0}, card.experts.boundary);
    }
    card.sampler = fields.text("sampler", card.sampler);
    constexpr std::array<std::string_view, 4> kSamplers{"euler", "unipc", "unipc-official", "distilled"};
    if (std::find(kSamplers.begin(), kSamplers.end(), card.sampler) == kSamplers.end()) {
        fields.fail<bool>("sampler", "is not a sampler");
    }
    card.conditions = fields.has("conditions") ? readConditions(fields) : card.conditions;
    card.textOnlyWithoutControl = card.hasControl && runsTextAlone(ours);
    // Models of our own were trained on empty text and on references that fill the frame; published ones have habits.
    const bool published = found == index.end();
    card.negativePrompt = fields.text("negative_prompt", published ? card.negativePrompt : "");
    card.fillsReference = fields.text("reference_fit", published ? "canvas" : "cover") == "cover";
    card.referenceGuidance = fields.number("reference_guidance", {0.0, 20.0}, 1.0);
    card.firstFrameStrength = fields.number("first_frame_strength", {0.0, 1.0}, 1.0);
    return card;
}

} // namespace generation
